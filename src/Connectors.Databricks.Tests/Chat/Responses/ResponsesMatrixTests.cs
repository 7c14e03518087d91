using System.Text.Json.Nodes;
using Connectors.Databricks.Chat.Responses.Outbound;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses;

/// <summary>
/// The rich request to every model over the Responses API, on Unity Gateway and on serving endpoints, streamed and not: hosted and external
/// models, agents, and names without a record.
/// </summary>
public sealed class ResponsesMatrixTests : IAsyncLifetime
{
    private static readonly string[] Hosted =
    [
        "databricks-meta-llama-3-3-70b-instruct", "databricks-llama-4-maverick", "databricks-claude-sonnet-4-5",
        "databricks-claude-opus-4-8", "databricks-gpt-5-2", "databricks-gpt-oss-120b", "databricks-gemini-3-1-pro", "databricks-kimi-k3",
        "databricks-inkling",
    ];

    private static readonly (string Name, string Provider, string Model)[] External =
    [
        ("azure-gpt-4o", "openai", "gpt-4o"), ("our-gpt-5-2", "openai", "gpt-5.2-2025-12-11"),
        ("our-claude-sonnet-4-5", "anthropic", "claude-sonnet-4-5"),
        ("bedrock-claude-opus-4-6", "amazon-bedrock", "anthropic.claude-opus-4-6-v1:0"),
    ];

    /// <summary>What no name tells: an agent of each task, and a model that no record knows.</summary>
    private static readonly string[] Nameless = ["task-agent", "research-agent", "our-command"];

    private DatabricksEmulator _emulator = null!;

    public static TheoryData<string, bool, bool> Rows => RowsOf([.. External.Select(row => row.Name)]);

    public static TheoryData<string, bool, bool> All => RowsOf([.. External.Select(row => row.Name), .. Nameless]);

    // Only hosted models are served on Unity Gateway as well.
    private static TheoryData<string, bool, bool> RowsOf(string[] others)
    {
        var rows = new TheoryData<string, bool, bool>();
        foreach (var model in Hosted)
        {
            rows.Add(model, true, false);
            rows.Add(model, true, true);
        }

        foreach (var model in Hosted.Concat(others))
        {
            rows.Add(model, false, false);
            rows.Add(model, false, true);
        }

        return rows;
    }

    public async Task InitializeAsync()
    {
        _emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions
        {
            Quirks = { RequiresToolResults = true, ResponsesRequireUnchangedItems = true, ResponsesVerifyReasoning = true },
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

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_shaped_request_succeeds_and_reports_its_adjustments(string model, bool isGateway, bool isStream)
    {
        var response = await AskAsync(model, isGateway, isStream, EveryOption(), RichRequest.Conversation());

        Assert.Equal([200], SentToTheApi().Select(request => request.StatusCode!.Value));
        Assert.NotEmpty(response.Messages);
        AssertNothingElseIsMissing(response);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Without_a_record_each_parameter_is_corrected_once(string model, bool isGateway, bool isStream)
    {
        var serving = Client(options => options.Models = DatabricksModelCapabilities.Empty);
        var chat = serving.GetChatClient(isGateway ? ServiceOf(model) : model);

        var response = await AskAsync(chat, isStream, EveryOption(), RichRequest.Conversation());
        var first = SentToTheApi().Select(request => request.StatusCode).ToList();
        await AskAsync(chat, isStream, EveryOption(), RichRequest.Conversation());

        Assert.Equal([.. Enumerable.Repeat((int?)400, first.Count - 1), 200], first);
        Assert.Equal(first.Count + 1, SentToTheApi().Count);
        Assert.Equal(Corrections(model), serving.GetCorrections().Select(correction => $"{correction.Field} {correction.Change}"));
        AssertNothingElseIsMissing(response);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_bare_request_meets_the_refusal_of_its_family(string model, bool isGateway, bool isStream)
    {
        var chat = Client(options => options.Chat.ShapeRequests = false).GetChatClient(isGateway ? ServiceOf(model) : model);

        var failure = await Record.ExceptionAsync(() => AskAsync(chat, isStream, EveryOption(), RichRequest.Conversation()));

        Assert.Equal(
            model switch
            {
                "databricks-gpt-5-2" or "our-gpt-5-2" => "Model gpt-5.2-2025-12-11 does not support the temperature parameter.",
                "databricks-gpt-oss-120b" => "messages.1.content.1.type: unknown variant `image_url`, expected one of `text`, `reasoning`",
                "databricks-inkling" => "messages.1.content.1.type: unknown variant `image_url`, expected one of `text`",
                "databricks-gemini-3-1-pro" => "Invalid JSON payload received. Unknown name \"$schema\" at " +
                    "'tools[0].function_declarations[0].parameters': Cannot find field.",
                "our-command" => "Model command-r does not support the reasoning parameter.",
                "research-agent" => "Model agent does not support the reasoning parameter.",
                _ => null,
            },
            (failure as DatabricksServingException)?.ServiceMessage?.Split('\n')[0]
                .Replace("Bad request: ", string.Empty, StringComparison.Ordinal));
    }

    // What the endpoint refuses of the rich request, in the order of the corrections.
    private static string[] Corrections(string model) => model switch
    {
        "databricks-claude-opus-4-8" or "databricks-gpt-5-2" or "our-gpt-5-2" => ["temperature left out", "top_p left out"],
        "databricks-gpt-oss-120b" => ["messages.media replaced by a note", "tool_calls one per turn"],
        "databricks-inkling" => ["messages.media replaced by a note"],
        "databricks-gemini-3-1-pro" =>
            ["schemas converted to the Google dialect", "thought_signature added to calls without one"],
        "databricks-meta-llama-3-3-70b-instruct" or "databricks-llama-4-maverick" or "azure-gpt-4o" or "our-command" or
            "research-agent" => ["reasoning left out"],
        _ => [],
    };

    /// <summary>The rich request with every option that the API lacks.</summary>
    private static ChatOptions EveryOption()
    {
        var options = RichRequest.Options().WithChoiceCount(2).WithLogProbs(2).WithServiceTier("priority");
        options.AdditionalProperties!["logit_bias"] = JsonNode.Parse("""{"50256":-100}""");
        options.AdditionalProperties["store"] = true;
        options.AdditionalProperties["response_format"] = JsonNode.Parse("""{"type":"text"}""");
        return options;
    }

    // Every parameter that the API lacks is reported; the tools, both calls with their results, and the schema are sent.
    private void AssertNothingElseIsMissing(ChatResponse response)
    {
        Assert.Equal(
            UnsupportedOptions.All.Select(option => (option.Key, option.Value)).Order(),
            response.GetRequestAdjustments().Where(adjustment => adjustment.Reason == "the Responses API does not support it")
                .Select(adjustment => (adjustment.Field, adjustment.AffectsAnswer)).Order());
        var sent = _emulator.Requests[^1].Json!;
        Assert.Empty(sent.AsObject().Select(member => member.Key).Intersect(UnsupportedOptions.All.Keys));
        Assert.Equal(["get_weather", "now"], sent["tools"]!.AsArray().Select(tool => (string?)tool!["name"]).Take(2));
        Assert.Equal(["call_1", "call_2"], Ids(sent, "function_call"));
        Assert.Equal(["call_1", "call_2"], Ids(sent, "function_call_output"));
        Assert.Contains("mood", sent["text"]!.ToJsonString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Ids(JsonNode sent, string type) =>
        sent["input"]!.AsArray().Where(item => (string?)item!["type"] == type).Select(item => (string?)item!["call_id"]);

    // But for the refusals of the path for OpenAI models, which the client learns.
    private List<RecordedRequest> SentToTheApi()
    {
        var last = _emulator.Requests[^1].Path;
        return [.. _emulator.Requests.Where(request => request.Path == last)];
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

    private Task<ChatResponse> AskAsync(
        string model, bool isGateway, bool isStream, ChatOptions options, List<ChatMessage> messages,
        DatabricksChatApi api = DatabricksChatApi.Responses) => AskAsync(
        Client(client => client.Chat.Api = api).GetChatClient(isGateway ? ServiceOf(model) : model), isStream, options, messages);

    private static async Task<ChatResponse> AskAsync(IChatClient chat, bool isStream, ChatOptions options, List<ChatMessage> messages) =>
        isStream
            ? await chat.GetStreamingResponseAsync(messages, options).ToChatResponseAsync()
            : await chat.GetResponseAsync(messages, options);

    private DatabricksServingClient Client(Action<DatabricksServingOptions> configure)
    {
        var options = new DatabricksServingOptions
        {
            Host = _emulator.Host,
            Credential = DatabricksCredential.FromToken(_emulator.Token),
            Chat = { Api = DatabricksChatApi.Responses, ReplaceUnsupportedMedia = true },
        };
        configure(options);
        return new DatabricksServingClient(options);
    }

    private static string ServiceOf(string model) => $"main.matrix.{model}";
}
