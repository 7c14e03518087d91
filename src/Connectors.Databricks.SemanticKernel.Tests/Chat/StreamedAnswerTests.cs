using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.SemanticKernel.Tests.Docs.Code;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Chat;

/// <summary>
/// Apps add the text of a stream to the history, as Semantic Kernel's documentation shows: the items of the response go back nevertheless.
/// </summary>
public sealed class StreamedAnswerTests : IAsyncLifetime
{
    private const string Gpt = "system.ai.gpt-5-2";
    private const string Gemini = "system.ai.gemini-pro";
    private DatabricksEmulator _emulator = null!;

    private static DatabricksPromptExecutionSettings Auto => new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    private static DatabricksPromptExecutionSettings Manual =>
        new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(autoInvoke: false) };

    public async Task InitializeAsync() =>
        _emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { Strict = true });

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [InlineData(Gpt)]
    [InlineData("system.ai.claude-sonnet-4-5")]
    [InlineData(Gemini)]
    [InlineData("system.ai.qwen35-122b-a10b")]
    public async Task Items_of_a_stream_go_back_as_those_of_a_whole_response(string model)
    {
        Assert.Equal(await ConverseAsync(model, isStream: false), await ConverseAsync(model, isStream: true));
    }

    // The items of the last request, without what differs from response to response.
    private async Task<List<string>> ConverseAsync(string model, bool isStream)
    {
        var kernel = Connect(model);
        var chat = kernel.GetRequiredService<IChatCompletionService>();
        ChatHistory history = [];
        for (var turn = 0; turn < 3; turn++)
        {
            _emulator.Endpoint(model).CallsTool("City-Weather", """{"city":"Bonn"}""", text: "Let me see. ", reasoning: "Hm.")
                .Replies($"Sunny {turn}.", reasoning: "Clear.");
            history.AddUserMessage($"Weather {turn}?");
            if (isStream)
            {
                await KernelCode.StreamToHistoryAsync(chat, history, Auto, kernel);
            }
            else
            {
                history.Add(await chat.GetChatMessageContentAsync(history, Auto, kernel));
            }
        }

        Assert.All(_emulator.Requests, request => Assert.Equal(200, request.StatusCode));
        return [.. Input().Select(WithoutIds)];
    }

    private static string WithoutIds(JsonNode? item)
    {
        var same = item!.DeepClone().AsObject();
        foreach (var name in (string[])["id", "call_id", "encrypted_content"])
        {
            if (same.ContainsKey(name))
            {
                same[name] = "set";
            }
        }

        return same.ToJsonString();
    }

    [Theory]
    [InlineData(DatabricksChatApi.Responses)]
    [InlineData(DatabricksChatApi.ChatCompletions)]
    public async Task Calls_that_a_builder_created_go_back_with_their_signature(DatabricksChatApi api)
    {
        var kernel = Connect(Gemini, api);
        var chat = kernel.GetRequiredService<IChatCompletionService>();
        _emulator.Endpoint(Gemini).CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Sunny.");
        ChatHistory history = [new(AuthorRole.User, "Weather?")];

        await CallAsync(chat, history, kernel);
        await ReadAsync(chat, history, Manual, kernel);

        var request = _emulator.Requests[^1];
        Assert.Equal(200, request.StatusCode);
        var signature = (string?)(api == DatabricksChatApi.Responses
            ? Input()[1]!["encrypted_content"]
            : request.Json!["messages"]![1]!["tool_calls"]![0]!["extra_content"]!["google"]!["thought_signature"]);
        Assert.NotNull(signature);

        // What calls of other models have.
        Assert.NotEqual("skip_thought_signature_validator", signature);
    }

    [Fact]
    public async Task Changed_arguments_are_sent_as_they_are_now()
    {
        var kernel = Connect(Gpt);
        var chat = kernel.GetRequiredService<IChatCompletionService>();
        _emulator.Endpoint(Gpt).CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Sunny.");
        ChatHistory history = [new(AuthorRole.User, "Weather?")];

        await CallAsync(chat, history, kernel, call => call.Arguments!["city"] = "somewhere");
        await ReadAsync(chat, history, Manual, kernel);

        Assert.Equal("""{"city":"somewhere"}""", (string?)Input()[1]!["arguments"]);
    }

    [Theory]
    [InlineData("Sunny in ***.", false)]
    [InlineData("Sunny in Bonn.", true)]
    public async Task A_changed_text_and_a_saved_history_are_sent_as_text(string text, bool isStored)
    {
        var chat = Connect(Gpt).GetRequiredService<IChatCompletionService>();
        _emulator.Endpoint(Gpt).Replies("Sunny in Bonn.", reasoning: "Hm.").Replies("Bye.");
        ChatHistory history = [new(AuthorRole.User, "Weather?")];
        await ReadAsync(chat, history);
        history.AddAssistantMessage(text);
        history.AddUserMessage("Thank you.");
        history = isStored ? JsonSerializer.Deserialize<ChatHistory>(JsonSerializer.Serialize(history))! : history;

        await ReadAsync(chat, history);

        Assert.Equal(
            $$"""{"type":"message","role":"assistant","content":[{"type":"output_text","text":"{{text}}"}]}""", Input()[1]!.ToJsonString());
    }

    [Fact]
    public async Task Another_conversation_does_not_get_the_items_of_the_same_text()
    {
        var chat = Connect(Gpt).GetRequiredService<IChatCompletionService>();
        _emulator.Endpoint(Gpt).Replies("Yes.", reasoning: "Hm.").Replies("Bye.");
        await ReadAsync(chat, [new(AuthorRole.User, "Sunny?")]);

        await ReadAsync(chat, [new(AuthorRole.User, "Sunny?"), new(AuthorRole.Assistant, "Yes."), new(AuthorRole.User, "Thank you.")]);

        Assert.Equal(["message", "message", "message"], Input().Select(item => (string?)item!["type"]));
    }

    [Fact]
    public async Task The_history_of_the_app_is_not_changed()
    {
        var chat = Connect(Gpt).GetRequiredService<IChatCompletionService>();
        _emulator.Endpoint(Gpt).Replies("Sunny.", reasoning: "Hm.").Replies("Bye.");
        ChatHistory history = [new(AuthorRole.User, "Weather?")];
        await ReadAsync(chat, history);
        history.AddAssistantMessage("Sunny.");
        history.AddUserMessage("Thank you.");
        var before = JsonSerializer.Serialize(history);

        await ReadAsync(chat, history);

        Assert.Equal(before, JsonSerializer.Serialize(history));
        Assert.Equal(["message", "reasoning", "message", "message"], Input().Select(item => (string?)item!["type"]));
    }

    private static async Task CallAsync(
        IChatCompletionService chat, ChatHistory history, Kernel kernel, Action<FunctionCallContent>? change = null)
    {
        var builder = new FunctionCallContentBuilder();
        foreach (var update in await ReadAsync(chat, history, Manual, kernel))
        {
            builder.Append(update);
        }

        var message = new ChatMessageContent(AuthorRole.Assistant, content: null);
        history.Add(message);
        foreach (var call in builder.Build())
        {
            message.Items.Add(call);
            history.Add((await call.InvokeAsync(kernel)).ToChatMessage());
            change?.Invoke(call);
        }
    }

    private Kernel Connect(string model, DatabricksChatApi api = DatabricksChatApi.Responses)
    {
        var kernel = Kernel.CreateBuilder()
            .AddDatabricksChatCompletion(
                model, new DatabricksServingClient(_emulator.Host, DatabricksCredential.FromToken(_emulator.Token)),
                options: new DatabricksChatOptions { Api = api })
            .Build();
        kernel.Plugins.AddFromObject(new CityPlugin(), "City");
        return kernel;
    }

    private static async Task<List<StreamingChatMessageContent>> ReadAsync(
        IChatCompletionService chat, ChatHistory history, PromptExecutionSettings? settings = null, Kernel? kernel = null) =>
        await chat.GetStreamingChatMessageContentsAsync(history, settings, kernel).ToListAsync();

    private JsonArray Input() => _emulator.Requests[^1].Json!["input"]!.AsArray();
}
