using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Middleware;

/// <summary>
/// An emulator whose Responses routes compare the items that come back, and clients of it: of a model on Unity Gateway, of an OpenAI model
/// on serving endpoints, and of an agent.
/// </summary>
internal sealed class ResponsesEmulator : IAsyncDisposable
{
    public const string Gateway = "system.ai.gpt-5-2";
    public const string Claude = "system.ai.claude-sonnet-4-5";
    public const string Gemini = "system.ai.gemini-pro";
    public const string Serving = "databricks-gpt-5-2";
    public const string Agent = "task-agent";

    private ResponsesEmulator(DatabricksEmulator emulator) => Emulator = emulator;

    public DatabricksEmulator Emulator { get; }

    public IReadOnlyList<RecordedRequest> Requests => Emulator.Requests;

    /// <summary>Every surface, not streamed and streamed.</summary>
    public static TheoryData<string, bool> Surfaces => Rows(Gateway, Claude, Gemini, Serving, Agent);

    /// <summary>Each name, not streamed and streamed.</summary>
    public static TheoryData<string, bool> Rows(params string[] names)
    {
        var rows = new TheoryData<string, bool>();
        foreach (var name in names)
        {
            rows.Add(name, false);
            rows.Add(name, true);
        }

        return rows;
    }

    public static async Task<ResponsesEmulator> StartAsync() => new(await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions
    {
        Quirks = { ResponsesRequireUnchangedItems = true, ResponsesVerifyReasoning = true },
    }));

    public EmulatedEndpoint Endpoint(string name) => Emulator.Endpoint(name);

    public IChatClient Chat(string name) =>
        new DatabricksServingClient(Emulator.Host, DatabricksCredential.FromToken(Emulator.Token))
            .GetChatClient(name, new DatabricksChatOptions { Api = DatabricksChatApi.Responses });

    /// <summary>A client that invokes functions.</summary>
    public FunctionInvokingChatClient Invoking(string name, Action<FunctionInvokingChatClient>? configure = null)
    {
        var client = new FunctionInvokingChatClient(Chat(name));
        configure?.Invoke(client);
        return client;
    }

    /// <summary>The input of a request, by default of the last.</summary>
    public JsonArray Input(int request = -1) =>
        Requests[request < 0 ? Requests.Count + request : request].Json!["input"]!.AsArray();

    /// <summary>The types of the input items of a request.</summary>
    public string[] InputTypes(int request = -1) => [.. Input(request).Select(item => (string?)item!["type"] ?? "message")];

    /// <summary>Every request was accepted by a Responses route.</summary>
    public void AssertAccepted(int requests)
    {
        Assert.Equal(Enumerable.Repeat(200, requests), Requests.Select(request => request.StatusCode!.Value));
        Assert.All(Requests, request => Assert.EndsWith("responses", request.Path, StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}

/// <summary>Calls that a test makes in both ways.</summary>
internal static class Turns
{
    public static async Task<ChatResponse> AskAsync(
        this IChatClient chat, IEnumerable<ChatMessage> messages, ChatOptions? options, bool isStream) => isStream
        ? await chat.GetStreamingResponseAsync(messages, options).ToChatResponseAsync()
        : await chat.GetResponseAsync(messages, options);

    /// <summary>Asks and adds the response to the history.</summary>
    public static async Task<ChatResponse> TurnAsync(
        this IChatClient chat, List<ChatMessage> history, ChatOptions? options, bool isStream)
    {
        var response = await chat.AskAsync(history, options, isStream);
        history.AddMessages(response);
        return response;
    }

    public static IEnumerable<T> Contents<T>(this ChatResponse response)
        where T : AIContent => response.Messages.SelectMany(message => message.Contents).OfType<T>();
}
