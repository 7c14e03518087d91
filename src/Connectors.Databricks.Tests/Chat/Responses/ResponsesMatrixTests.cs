using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses;

/// <summary>The rich request to every model over the Responses API, on Unity Gateway and on serving endpoints, streamed and not.</summary>
public sealed class ResponsesMatrixTests : IAsyncLifetime
{
    private static readonly string[] Models =
    [
        "databricks-meta-llama-3-3-70b-instruct", "databricks-llama-4-maverick", "databricks-claude-sonnet-4-5",
        "databricks-claude-opus-4-8", "databricks-gpt-5-2", "databricks-gpt-oss-120b", "databricks-gemini-3-1-pro", "databricks-kimi-k3",
        "databricks-inkling",
    ];

    private DatabricksEmulator _emulator = null!;

    public static TheoryData<string, bool, bool> Rows
    {
        get
        {
            var rows = new TheoryData<string, bool, bool>();
            foreach (var model in Models)
            {
                rows.Add(model, true, false);
                rows.Add(model, true, true);
                rows.Add(model, false, false);
                rows.Add(model, false, true);
            }

            return rows;
        }
    }

    public async Task InitializeAsync()
    {
        _emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions
        {
            Quirks = { RequiresToolResults = true, ResponsesRequireUnchangedItems = true, ResponsesVerifyReasoning = true },
        });
        foreach (var model in Models)
        {
            _emulator.AddModelService(ServiceOf(model), model);
        }
    }

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_shaped_request_succeeds_and_reports_its_adjustments(string model, bool isGateway, bool isStream)
    {
        var response = await AskAsync(model, isGateway, isStream, RichRequest.Options(), RichRequest.Conversation());

        Assert.Equal([200], _emulator.Requests.Select(request => request.StatusCode!.Value));
        Assert.NotEmpty(response.Messages);
        Assert.Contains(response.GetRequestAdjustments(), adjustment => adjustment.Field == "seed");
        var sent = _emulator.Requests[^1].Json!;
        Assert.Equal(
            ["call_1", "call_2"],
            sent["input"]!.AsArray().Where(item => (string?)item!["type"] == "function_call").Select(item => (string?)item!["call_id"]));
        Assert.Contains("mood", sent["text"]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_history_moves_between_both_APIs(string model, bool isGateway, bool isStream)
    {
        var options = RichRequest.Options();
        options.ResponseFormat = null;
        var history = RichRequest.Conversation();
        DatabricksChatApi[] apis = [DatabricksChatApi.Responses, DatabricksChatApi.ChatCompletions, DatabricksChatApi.Responses];
        foreach (var api in apis)
        {
            history.AddMessages(await AskAsync(model, isGateway, isStream, options, history, api));
            foreach (var call in history[^1].Contents.OfType<FunctionCallContent>().ToList())
            {
                history.Add(new(ChatRole.Tool, [new FunctionResultContent(call.CallId, "sunny")]));
            }

            history.Add(new(ChatRole.User, "And now?"));
        }

        Assert.All(_emulator.Requests, request => Assert.Equal(200, request.StatusCode));
    }

    private async Task<ChatResponse> AskAsync(
        string model, bool isGateway, bool isStream, ChatOptions options, List<ChatMessage> messages,
        DatabricksChatApi api = DatabricksChatApi.Responses)
    {
        var chat = new DatabricksServingClient(_emulator.Host, DatabricksCredential.FromToken(_emulator.Token)).GetChatClient(
            isGateway ? ServiceOf(model) : model, new DatabricksChatOptions { Api = api, ReplaceUnsupportedMedia = true });
        return isStream
            ? await chat.GetStreamingResponseAsync(messages, options).ToChatResponseAsync()
            : await chat.GetResponseAsync(messages, options);
    }

    private static string ServiceOf(string model) => $"main.matrix.{model}";
}
