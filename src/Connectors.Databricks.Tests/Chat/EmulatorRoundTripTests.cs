using System.ComponentModel;
using System.Text.Json;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat;

/// <summary>The whole path over real HTTP: every dialect of the emulator, chat and stream, tools and structured output.</summary>
public sealed class EmulatorRoundTripTests : IAsyncLifetime
{
    private DatabricksEmulator _emulator = null!;
    private DatabricksServingClient _serving = null!;

    public static TheoryData<string> Endpoints() =>
    [
        "databricks-meta-llama-3-3-70b-instruct", "databricks-llama-4-maverick", "databricks-claude-sonnet-4-5",
        "databricks-claude-opus-4-8",
        "databricks-gpt-5-2", "databricks-gpt-oss-120b", "databricks-gemini-3-1-pro", "databricks-kimi-k3", "databricks-inkling",
    ];

    public async Task InitializeAsync()
    {
        _emulator = await DatabricksEmulator.StartAsync();
        _serving = new DatabricksServingClient(_emulator.Host, DatabricksCredential.FromToken(_emulator.Token));
    }

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task An_answer_arrives_whole(string endpoint)
    {
        _emulator.Endpoint(endpoint).Replies("The sky is blue: 東京 🗼.");

        var response = await _serving.GetChatClient(endpoint).GetResponseAsync("What color is the sky?");

        Assert.Equal("The sky is blue: 東京 🗼.", response.Text);
        Assert.Equal(response.Usage!.InputTokenCount + response.Usage.OutputTokenCount, response.Usage.TotalTokenCount);
        Assert.NotNull(response.AdditionalProperties![DatabricksPropertyNames.RequestId]);
        Assert.NotNull(response.AdditionalProperties[DatabricksPropertyNames.ServedModelName]);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_stream_says_the_same_as_a_whole_answer(string endpoint)
    {
        const string text = "The sky is blue: 東京 🗼, and that is all there is to say about it.";
        _emulator.Endpoint(endpoint).Replies(text).Replies(text);
        var chat = _serving.GetChatClient(endpoint);

        var whole = await chat.GetResponseAsync("What color is the sky?");
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in chat.GetStreamingResponseAsync("What color is the sky?"))
        {
            updates.Add(update);
        }

        var streamed = updates.ToChatResponse();
        Assert.Equal(text, streamed.Text);
        Assert.Equal((whole.FinishReason ?? ChatFinishReason.Stop, whole.ModelId), (streamed.FinishReason!.Value, streamed.ModelId));
        Assert.True(updates.Count > 5, "The text came in one piece.");
        Assert.Single(streamed.Messages);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_tool_is_called_and_its_result_used(string endpoint)
    {
        _emulator.Endpoint(endpoint).CallsTool("lookup_price", """{"item":"Brücke","year":2024}""").Replies("It costs 7 euros.");
        var chat = _serving.GetChatClient(endpoint);
        var tool = AIFunctionFactory.Create(
            ([Description("What")] string item, int year) => $"{item} {year}: 7 EUR", "lookup_price", "Looks a price up.");
        var options = new ChatOptions { Tools = [tool] };
        List<ChatMessage> conversation = [new(ChatRole.User, "What is the price?")];

        var first = await chat.GetStreamingResponseAsync(conversation, options).ToChatResponseAsync();
        conversation.AddMessages(first);
        var call = Assert.Single(first.Messages[0].Contents.OfType<FunctionCallContent>());
        Assert.Equal(
            ("lookup_price", "Brücke", 2024),
            (call.Name, ((JsonElement)call.Arguments!["item"]!).GetString(), ((JsonElement)call.Arguments["year"]!).GetInt32()));
        Assert.Equal(ChatFinishReason.ToolCalls, first.FinishReason);
        conversation.Add(
            new ChatMessage(
                ChatRole.Tool, [new FunctionResultContent(call.CallId, await tool.InvokeAsync(new AIFunctionArguments(call.Arguments)))]));

        Assert.Equal("It costs 7 euros.", (await chat.GetResponseAsync(conversation, options)).Text);
    }

    [Theory]
    [InlineData("databricks-meta-llama-3-3-70b-instruct")]
    [InlineData("databricks-claude-sonnet-4-5")]
    [InlineData("databricks-gpt-5-2")]
    [InlineData("databricks-gpt-oss-120b")]
    public async Task A_schema_is_filled(string endpoint)
    {
        using var schema = JsonDocument.Parse(
            """{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"}},"required":["name","age"],"additionalProperties":false}""");
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement, "person") };

        var response = await _serving.GetChatClient(endpoint).GetResponseAsync("Ada is 36 years old. Extract the person.", options);

        using var person = JsonDocument.Parse(response.Text);
        Assert.Equal(["name", "age"], person.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(36, person.RootElement.GetProperty("age").GetInt32());
    }

    [Theory]
    [InlineData("databricks-claude-sonnet-4-5")]
    [InlineData("databricks-claude-opus-4-8")]
    public async Task Reasoning_with_a_tool_call_goes_back_as_it_came(string endpoint)
    {
        _emulator.Endpoint(endpoint).CallsTool("now", reasoning: "I need the time.").Replies("It is noon.");
        var chat = _serving.GetChatClient(endpoint);
        var options = new ChatOptions
        {
            Tools = [AIFunctionFactory.Create(() => "12:00", "now", "Tells the time.")],
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low, Output = ReasoningOutput.Summary },
        };
        List<ChatMessage> conversation = [new(ChatRole.User, "What time is it?")];

        var first = await chat.GetStreamingResponseAsync(conversation, options).ToChatResponseAsync();
        conversation.AddMessages(first);
        Assert.Equal("I need the time.", Assert.Single(first.Messages[0].Contents.OfType<TextReasoningContent>()).Text);
        conversation.Add(
            new ChatMessage(
                ChatRole.Tool,
                [new FunctionResultContent(first.Messages[0].Contents.OfType<FunctionCallContent>().Single().CallId, "12:00")]));

        // The emulator refuses a signature or a text that it did not issue, as the service does.
        Assert.Equal("It is noon.", (await chat.GetResponseAsync(conversation, options)).Text);
    }

    [Fact]
    public async Task Every_choice_arrives_streamed_and_whole()
    {
        var chat = _serving.GetChatClient("databricks-gpt-5-2");
        var options = new ChatOptions { AdditionalProperties = new() { ["n"] = 3 } };

        Assert.Equal(3, (await chat.GetResponseAsync("Hello?", options)).Messages.Count);
        Assert.Equal(3, (await chat.GetStreamingResponseAsync("Hello?", options).ToChatResponseAsync()).Messages.Count);
    }

    [Fact]
    public async Task A_rejected_stream_option_is_corrected_and_omitted()
    {
        var endpoint = _emulator.AddChatEndpointLike("an-alias-of-mine", "databricks-gemini-3-1-pro");
        var chat = _serving.GetChatClient(endpoint.Name);

        Assert.NotEmpty((await chat.GetStreamingResponseAsync("Hello?").ToChatResponseAsync()).Text);
        Assert.NotEmpty((await chat.GetStreamingResponseAsync("Hello?").ToChatResponseAsync()).Text);

        Assert.Equal([400, 200, 200], endpoint.Requests.Select(request => request.StatusCode!.Value));
    }

    [Fact]
    public async Task An_agent_gives_its_messages_outputs_and_trace()
    {
        var agent = _emulator.AddAgentEndpoint("my-agent");
        var options = new ChatOptions
        {
            AdditionalProperties = new()
            {
                ["custom_inputs"] = new Dictionary<string, object?> { ["tone"] = "kind" },
                ["databricks_options"] = new Dictionary<string, object?> { ["return_trace"] = true },
            },
        };

        var response = await _serving.GetChatClient(agent.Name).GetResponseAsync("Hello?", options);

        Assert.NotEmpty(response.Text);
        Assert.Equal(
            "kind", ((JsonElement)response.AdditionalProperties![DatabricksPropertyNames.CustomOutputs]!).GetProperty("tone").GetString());
        Assert.True(((JsonElement)response.AdditionalProperties[DatabricksPropertyNames.DatabricksOutput]!).TryGetProperty("trace", out _));
    }

    [Theory]
    [InlineData(EmulatedAgentKind.ChatAgent)]
    [InlineData(EmulatedAgentKind.ChatModel)]
    public async Task An_agent_streams(EmulatedAgentKind kind)
    {
        var agent = _emulator.AddAgentEndpoint("my-agent", kind).Replies("One moment: the sky is blue.");

        var response = await _serving.GetChatClient(agent.Name).GetStreamingResponseAsync("What color is the sky?").ToChatResponseAsync();

        Assert.Equal(("One moment: the sky is blue.", ChatFinishReason.Stop), (response.Text, response.FinishReason));
    }

    [Theory]
    [InlineData("databricks-gte-large-en")]
    [InlineData("churn-v1")]
    public async Task An_endpoint_that_does_not_chat_is_named(string endpoint)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => _serving.GetChatClient(endpoint).GetResponseAsync("Hello?"));

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, exception.StatusCode);
        Assert.NotNull(exception.ServiceMessage);
    }

    [Fact]
    public async Task A_name_with_every_kind_of_character_reaches_its_endpoint()
    {
        const string name = "team a/b?c#d%2Fe+ü";
        _emulator.AddChatEndpoint(name, EmulatedDialect.Llama).Replies("Here.");

        Assert.Equal("Here.", (await _serving.GetChatClient("other").GetResponseAsync("Where?", new ChatOptions { ModelId = name })).Text);
    }
}
