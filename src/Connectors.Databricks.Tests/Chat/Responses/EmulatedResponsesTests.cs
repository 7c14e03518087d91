using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses;

/// <summary>The inbound half over real HTTP: every family and every deviation of the emulator's Responses routes.</summary>
public sealed class EmulatedResponsesTests : IAsyncLifetime
{
    private const string Text = "The sky is blue: 東京 🗼.";

    private DatabricksEmulator _emulator = null!;

    public async Task InitializeAsync() => _emulator = await DatabricksEmulator.StartAsync();

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    public static TheoryData<string> Models() =>
    [
        "system.ai.claude-sonnet-4-5", "system.ai.gpt-5-2", "system.ai.gpt-oss-120b", "system.ai.gemini-pro", "system.ai.kimi-k3",
        "system.ai.qwen35-122b-a10b", "system.ai.meta-llama-3-3-70b-instruct",
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_stream_says_the_same_as_a_whole_response(string model)
    {
        _emulator.Endpoint(model).Replies(Text, reasoning: "Let me think.").Replies(Text, reasoning: "Let me think.");
        var chat = Chat(model);

        var whole = await chat.GetResponseAsync("What color is the sky?");
        var streamed = (await Exchange.Collect(chat)).ToChatResponse();

        Assert.Equal((Text, ChatFinishReason.Stop), (whole.Text, whole.FinishReason));
        Assert.Equal((whole.Text, whole.FinishReason, whole.ModelId), (streamed.Text, streamed.FinishReason, streamed.ModelId));
        Assert.Equal(Reasoning(whole), Reasoning(streamed));
        Assert.Equal(Kinds(whole), Kinds(streamed));
        Assert.Equal(StoredItems.Of(whole).Length, StoredItems.Of(streamed).Length);
        Assert.Equal(whole.Usage!.OutputTokenCount, streamed.Usage!.OutputTokenCount);
        Assert.NotNull(streamed.AdditionalProperties![DatabricksPropertyNames.RequestId]);
    }

    public static TheoryData<ResponsesDeviation, bool> Deviations()
    {
        var data = new TheoryData<ResponsesDeviation, bool>();
        foreach (var deviation in Enum.GetValues<ResponsesDeviation>())
        {
            data.Add(deviation, false);
            data.Add(deviation, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Deviations))]
    public async Task Every_deviation_is_read(ResponsesDeviation deviation, bool isAgent)
    {
        var model = isAgent ? "task-agent" : "system.ai.gpt-oss-120b";
        _emulator.Endpoint(model).Deviates(deviation).Replies(Text, reasoning: "Let me think.");

        var streamed = Exchange.Collect(Chat(model));

        if (deviation is ResponsesDeviation.ErrorThenCompleted or ResponsesDeviation.ResponseErrorEvent
            or ResponsesDeviation.Failed)
        {
            var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => streamed);
            Assert.Equal("The model stopped unexpectedly.", exception.ServiceMessage);
            return;
        }

        var response = (await streamed).ToChatResponse();
        Assert.Equal(Text, response.Messages[^1].Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal("Let me think.", Reasoning(response));
        Assert.Equal(deviation == ResponsesDeviation.RepeatedCycles ? 2 : 1, response.Messages.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Calls_and_their_items_arrive(bool isStream)
    {
        _emulator.Endpoint("system.ai.gemini-pro").CallsTool("get_weather", """{"city":"Oslo"}""");

        var response = await Ask("system.ai.gemini-pro", isStream);

        var call = response.Messages[0].Contents.OfType<FunctionCallContent>().Single();
        Assert.Equal(("get_weather", "Oslo"), (call.Name, call.Arguments!["city"]!.ToString()));
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.Contains("encrypted_content", Assert.Single(StoredItems.Of(response)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tools_that_an_agent_ran_are_information(bool isStream)
    {
        _emulator.Endpoint("task-agent").RunsTool("search", """{"q":"sky"}""", "It is blue.", "Done.");

        var response = await Ask("task-agent", isStream);

        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], response.Messages.Select(message => message.Role));
        Assert.True(response.Messages[0].Contents.OfType<FunctionCallContent>().Single().InformationalOnly);
        Assert.Equal(("Done.", ChatFinishReason.Stop), (response.Messages[2].Text, response.FinishReason));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_approval_is_requested(bool isStream)
    {
        _emulator.Endpoint("task-agent").RequestsApproval("delete_file", """{"path":"a.txt"}""", "files");

        var response = await Ask("task-agent", isStream);

        var request = response.Messages[0].Contents.OfType<ToolApprovalRequestContent>().Single();
        Assert.Equal("files", Assert.IsType<McpServerToolCallContent>(request.ToolCall).ServerName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tool_login_names_the_page_and_is_not_retried(bool isStream)
    {
        _emulator.Endpoint("task-agent").RequiresToolLogin();

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Ask("task-agent", isStream));

        Assert.Equal((DatabricksServingErrorKind.ToolLoginRequired, false), (exception.Kind, exception.IsTransient));
        Assert.Contains(
            "Open https://example.cloud.databricks.com/explore/connections/github", exception.Message, StringComparison.Ordinal);
        Assert.Single(_emulator.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_denial_is_a_content_filter(bool isStream)
    {
        foreach (var style in Enum.GetValues<ServicePolicyDenialStyle>().Where(style => style != ServicePolicyDenialStyle.WithoutObject))
        {
            _emulator.Endpoint("system.ai.claude-sonnet-4-5").DeniesByServicePolicy("p1", style: style);

            var response = await Ask("system.ai.claude-sonnet-4-5", isStream);

            Assert.Equal(
                ("p1", ChatFinishReason.ContentFilter), (response.GetServicePolicyDenial()?.PolicyName, response.FinishReason));
        }
    }

    [Fact]
    public async Task A_stream_that_is_cut_is_an_interruption()
    {
        _emulator.Endpoint("system.ai.gpt-5-2").EndsTheStreamQuietlyAfter(5).Replies(Text);

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.Collect(Chat("system.ai.gpt-5-2")));

        Assert.Equal(DatabricksServingErrorKind.Interrupted, exception.Kind);
    }

    private Task<ChatResponse> Ask(string model, bool isStream) => isStream
        ? Chat(model).GetStreamingResponseAsync(Some.Question()).ToChatResponseAsync()
        : Chat(model).GetResponseAsync(Some.Question());

    private ResponsesChat Chat(string model) => new(
        new DatabricksServingOptions { Host = _emulator.Host, Credential = DatabricksCredential.FromToken(_emulator.Token) }, model,
        model.Contains('.', StringComparison.Ordinal) ? "ai-gateway/mlflow/v1/responses" : "serving-endpoints/responses");

    private static string Reasoning(ChatResponse response) => string.Concat(
        response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text));

    private static string Kinds(ChatResponse response) => string.Join(
        ' ', response.Messages.SelectMany(message => message.Contents.Select(content => $"{message.Role}:{content.GetType().Name}")));
}
