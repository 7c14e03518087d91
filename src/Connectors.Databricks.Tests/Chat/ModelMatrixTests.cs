using System.Net;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat;

/// <summary>
/// One rich request to every model of the emulator, streamed and not: shaped it is answered, bare it is refused, and without any record
/// the endpoint teaches what it takes.
/// </summary>
public class ModelMatrixTests : IAsyncLifetime
{
    private static readonly string[] Hosted =
    [
        "databricks-meta-llama-3-3-70b-instruct", "databricks-llama-4-maverick", "databricks-claude-sonnet-4-5",
        "databricks-claude-opus-4-8",
        "databricks-gpt-5-2", "databricks-gpt-oss-120b", "databricks-gemini-3-1-pro", "databricks-kimi-k3", "databricks-inkling",
    ];

    private static readonly (string Name, string Provider, string Model)[] External =
    [
        ("azure-gpt-4o", "openai", "gpt-4o"), ("our-gpt-5-2", "openai", "gpt-5.2-2025-12-11"),
        ("our-claude-sonnet-4-5", "anthropic", "claude-sonnet-4-5"),
        ("bedrock-claude-opus-4-6", "amazon-bedrock", "anthropic.claude-opus-4-6-v1:0"),
    ];

    /// <summary>
    /// What no name tells: an agent, and a model that no record knows. A chat agent takes no tools at all, and so no rich request.
    /// </summary>
    private static readonly string[] Nameless = ["research-agent", "our-command"];

    private DatabricksEmulator _emulator = null!;

    public static TheoryData<string, bool> Named => Streamed([.. Hosted, .. External.Select(row => row.Name)]);

    public static TheoryData<string, bool> All => Streamed([.. Hosted, .. External.Select(row => row.Name), .. Nameless]);

    public async Task InitializeAsync()
    {
        // The strictest workspace that is known, on any host of a model.
        _emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions
        {
            Quirks =
            {
                AcceptsMessageNames = false,
                RequiresToolResults = true,
                ClaudeRequiresToolsAfterCalls = true,
                ClaudeAcceptsTemperatureWithTopP = false,
                GeminiEnforcesGoogleSchema = true,
                EnforcesHostRules = true,
            },
        });
        foreach (var (name, provider, model) in External)
        {
            _emulator.AddExternalEndpoint(name, provider, model);
        }

        _emulator.AddExternalEndpoint("our-command", "cohere", "command-r");
        foreach (var model in Hosted)
        {
            _emulator.AddModelService(ServiceOf(model), model);
        }
    }

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task The_matrix_covers_every_chat_of_the_emulator_and_every_dialect()
    {
        await using var fresh = await DatabricksEmulator.StartAsync();
        string[] rows = [.. Hosted, .. External.Select(row => row.Name), .. Nameless];

        Assert.Empty(
            fresh.Endpoints.Where(Chats).Select(endpoint => endpoint.Model).Except(rows.Select(row => _emulator.Endpoint(row).Model)));
        // Qwen is served by model services alone.
        Assert.Equal(
            [EmulatedDialect.Qwen], Enum.GetValues<EmulatedDialect>().Except(rows.Select(row => _emulator.Endpoint(row).Dialect!.Value)));

        static bool Chats(EmulatedEndpoint endpoint) => endpoint.Task is "llm/v1/chat" or "agent/v1/chat";
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task A_shaped_request_succeeds_at_once_and_reports_its_adjustments(string model, bool isStream)
    {
        var response = await Ask(Chat(model), isStream);

        Assert.Equal([200], Endpoint(model).Requests.Select(request => request.StatusCode!.Value));
        Assert.NotEmpty(response.Messages);
        AssertNothingOfMeaningIsMissing(Endpoint(model).Requests[^1].Json!);
        var told = response.GetRequestAdjustments().Where(HasTheUsualReason).ToList();
        Assert.NotEmpty(told);
        Assert.All(told, adjustment => Assert.Contains("does not support it (record of 2026-", adjustment.Reason));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_bare_request_meets_the_refusal_of_its_family(string model, bool isStream)
    {
        var chat = Chat(model, options => options.Chat.ShapeRequests = false);

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(() => Ask(chat, isStream));

        Assert.Equal((HttpStatusCode.BadRequest, 1), (failure.StatusCode!.Value, Endpoint(model).Requests.Count));
        Assert.Equal(
            (Endpoint(model).Dialect, NameOf(model) == model) switch
            {
                // Unity Gateway rejects unknown members itself, in its own words.
                (EmulatedDialect.Claude, false) => "json: unknown field \"frequency_penalty\"",
                (EmulatedDialect.OpenAI, false) => "json: unknown field \"top_k\"",
                (EmulatedDialect.Gemini, false) => "json: unknown field \"seed\"",
                (EmulatedDialect.Claude, _) => "frequency_penalty: Extra inputs are not permitted",
                (EmulatedDialect.OpenAI, _) => "Unknown parameter: 'top_k'.",
                (EmulatedDialect.Gemini, _) => "Invalid JSON payload received. Unknown name \"seed\": Cannot find field.",
                _ => "json: unknown field \"seed\"",
            },
            failure.ServiceMessage!.Replace("Bad request: ", string.Empty));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Without_a_record_each_parameter_is_corrected_once(string model, bool isStream)
    {
        var serving = Client(options => options.Models = DatabricksModelCapabilities.Empty);
        var endpoint = Endpoint(model);
        var chat = serving.GetChatClient(NameOf(model));

        var response = await Ask(chat, isStream);
        var first = endpoint.Requests.Select(request => request.StatusCode).ToList();
        await Ask(chat, isStream);

        Assert.NotEmpty(response.Messages);
        Assert.Equal([.. Enumerable.Repeat((int?)400, first.Count - 1), 200], first);
        Assert.Equal(first.Count + 1, endpoint.Requests.Count);
        Assert.Equal(
            Corrections(model, isStream), serving.GetCorrections().Select(correction => $"{correction.Field} {correction.Change}"));
        Assert.All(
            response.GetRequestAdjustments().Where(HasTheUsualReason).Where(adjustment => adjustment.Reason != "the model is unknown"),
            adjustment => Assert.Contains("the endpoint rejected it: ", adjustment.Reason));
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task Json_without_a_schema_is_answered_by_every_family(string model, bool isStream)
    {
        List<ChatMessage> messages = [.. RichRequest.Conversation(), new(ChatRole.User, "Answer as JSON.")];
        await Ask(Chat(model), isStream, new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, messages);

        Assert.Equal([200], Endpoint(model).Requests.Select(request => request.StatusCode!.Value));
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task Every_effort_is_understood_by_every_family(string model, bool isStream)
    {
        ReasoningEffort?[] efforts = [null, .. Enum.GetValues<ReasoningEffort>()];
        ReasoningOutput?[] outputs = [null, .. Enum.GetValues<ReasoningOutput>()];
        foreach (var (effort, output) in efforts.SelectMany(effort => outputs.Select(output => (effort, output))))
        {
            await Ask(Chat(model), isStream, new ChatOptions { Reasoning = new ReasoningOptions { Effort = effort, Output = output } });
        }

        Assert.All(Endpoint(model).Requests, request => Assert.Equal(200, request.StatusCode));
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task A_conversation_moves_from_each_model_to_every_other(string model, bool isStream)
    {
        var options = RichRequest.Options();
        options.ResponseFormat = null;
        foreach (var next in (string[])[.. Hosted, .. External.Select(row => row.Name)])
        {
            var serving = Client(null);
            Endpoint(model).CallsTools(("get_weather", """{"city":"Utrecht"}"""), ("now", "{}"));
            var history = RichRequest.Conversation();
            var first = await Ask(serving.GetChatClient(NameOf(model)), isStream, options, history);
            history.AddRange(first.Messages);
            var calls = first.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
            history.AddRange(calls.Select(call => new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, "sunny")])));

            await Ask(serving.GetChatClient(NameOf(next)), isStream, options, history);

            Assert.Equal(2, calls.Count);
        }

        Assert.All(_emulator.Requests, request => Assert.Equal(200, request.StatusCode));
    }

    /// <summary>What the endpoint refuses of the rich request, in the order of the corrections.</summary>
    private string[] Corrections(string model, bool isStream) => (Endpoint(model).Dialect, model) switch
    {
        (EmulatedDialect.Claude, "databricks-claude-opus-4-8") =>
        [
            LeftOut("frequency_penalty"), LeftOut("presence_penalty"), LeftOut("seed"), LeftOut("reasoning"),
            LeftOut("parallel_tool_calls"),
            LeftOut("temperature"), LeftOut("top_p"), LeftOut("top_k"), LeftOut("tools.strict"),
        ],
        (EmulatedDialect.Claude, _) =>
        [
            LeftOut("frequency_penalty"), LeftOut("presence_penalty"), LeftOut("seed"), LeftOut("reasoning"),
            LeftOut("parallel_tool_calls"),
            "top_p left out with temperature", LeftOut("tools.strict"),
        ],
        (EmulatedDialect.OpenAI, "azure-gpt-4o") => [LeftOut("top_k"), LeftOut("reasoning"), "schemas converted to the OpenAI dialect"],
        (EmulatedDialect.OpenAI, _) =>
        [
            LeftOut("top_k"), LeftOut("temperature"), LeftOut("top_p"), LeftOut("presence_penalty"), LeftOut("frequency_penalty"),
            LeftOut("stop"), "schemas converted to the OpenAI dialect",
        ],
        (EmulatedDialect.Gemini, _) =>
        [
            LeftOut("seed"), LeftOut("parallel_tool_calls"), .. isStream ? [LeftOut("stream_options")] : Array.Empty<string>(),
            "schemas converted to the Google dialect", "thought_signature added to calls without one",
        ],
        (EmulatedDialect.GptOss, _) =>
            [
                LeftOut("seed"), LeftOut("parallel_tool_calls"), LeftOut("stop"), "messages.media replaced by a note",
                "tool_calls one per turn",
            ],
        (EmulatedDialect.Kimi, _) => [LeftOut("seed"), LeftOut("parallel_tool_calls")],
        (EmulatedDialect.Inkling, _) =>
            [LeftOut("seed"), LeftOut("reasoning"), LeftOut("parallel_tool_calls"), "messages.media replaced by a note"],
        _ => [LeftOut("seed"), LeftOut("reasoning"), LeftOut("parallel_tool_calls")],
    };

    private static string LeftOut(string field) => $"{field} left out";

    // Some changes have reasons of their own.
    private static bool HasTheUsualReason(DatabricksRequestAdjustment adjustment) =>
        !adjustment.Reason.Contains("cannot be strict") &&
        !adjustment.Change.Contains("with temperature") && !adjustment.Change.Contains("with thinking") &&
        adjustment.Field is not ("thinking" or "messages.system");

    // Whatever is said otherwise: the tools, both calls with their results, and the schema of the answer go out.
    private static void AssertNothingOfMeaningIsMissing(JsonNode body)
    {
        var messages = body["messages"]!.AsArray();
        Assert.Equal(
            ["get_weather", "now"], body["tools"]!.AsArray().Select(tool => (string?)tool!["function"]!["name"]).Take(2));
        Assert.Equal(
            ["call_1", "call_2"],
            messages.SelectMany(message => message!["tool_calls"]?.AsArray() ?? []).Select(call => (string?)call!["id"]));
        Assert.Equal(["call_1", "call_2"], messages.Select(message => (string?)message!["tool_call_id"]).Where(id => id is not null));
        Assert.Contains("mood", body.ToJsonString());
    }

    // On Unity Gateway, each hosted model is called through a model service; the other endpoints are not served there.
    private static string NameOf(string model) => TestSurface.IsGateway && Hosted.Contains(model) ? ServiceOf(model) : model;

    private static string ServiceOf(string model) => $"main.matrix.{model}";

    private EmulatedEndpoint Endpoint(string model) =>
        NameOf(model) == model ? _emulator.Endpoint(model) : _emulator.ModelService(ServiceOf(model)).Endpoint;

    private static TheoryData<string, bool> Streamed(string[] models)
    {
        var rows = new TheoryData<string, bool>();
        foreach (var model in models)
        {
            rows.Add(model, false);
            rows.Add(model, true);
        }

        return rows;
    }

    private static async Task<ChatResponse> Ask(
        IChatClient chat, bool isStream, ChatOptions? options = null, IReadOnlyList<ChatMessage>? messages = null)
    {
        options ??= RichRequest.Options();
        messages ??= RichRequest.Conversation();
        return isStream
            ? await chat.GetStreamingResponseAsync(messages, options).ToChatResponseAsync()
            : await chat.GetResponseAsync(messages, options);
    }

    private IChatClient Chat(string model, Action<DatabricksServingOptions>? configure = null) =>
        Client(configure).GetChatClient(NameOf(model));

    private DatabricksServingClient Client(Action<DatabricksServingOptions>? configure)
    {
        var options = new DatabricksServingOptions
        {
            Host = _emulator.Host,
            Credential = DatabricksCredential.FromToken(_emulator.Token),
            Chat = { ReplaceUnsupportedMedia = true },
        };
        configure?.Invoke(options);
        return new DatabricksServingClient(options);
    }
}
