using System.Text.Json.Nodes;
using Connectors.Databricks.Models;
using Connectors.Databricks.Models.Corrections;
using Connectors.Databricks.Surfaces;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>
/// One request of the caller. Writing it does not modify the messages or options of the caller; adjustments to the capabilities of the
/// model are recorded here.
/// </summary>
internal sealed record ChatRequest(
    string EndpointName, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, JsonObject? Base, bool IsStream, EndpointModel Endpoint)
{
    /// <summary>
    /// The instruction that requests JSON from models without the response format <c>json_object</c> (serving reference §3.8).
    /// </summary>
    public const string JsonInWords = "Answer with one JSON object and nothing else: no explanation, and no code fence around it.";

    private List<DatabricksRequestAdjustment>? _adjustments;
    private bool? _cachesByItself;
    private bool? _declaresPlaceholderTool;
    private bool _hasToolNames;
    private Dictionary<AIContent, StoredItem?>? _items;
    private ToolNames? _toolNames;

    /// <summary>Where the request goes.</summary>
    public required ServingRoute Route { get; init; }

    /// <summary>The API that the request is sent to.</summary>
    public ChatApi Api { get; init; }

    /// <summary>Whether the request is sent to the Responses API; otherwise to chat completions.</summary>
    public bool UsesResponses => Api != ChatApi.ChatCompletions;

    /// <summary>Whether a rejection showed that the endpoint is an agent.</summary>
    public bool IsKnownAgent { get; init; }

    /// <summary>Whether the endpoint is known to be an agent: also by its task, and by members that only agents have.</summary>
    public bool IsAgent => IsKnownAgent || Endpoint.IsAgent ||
        SetsInJson("custom_inputs") || SetsInJson("context") || SetsInJson("databricks_options");

    /// <summary>
    /// Whether the endpoint may be an agent, which runs tools: the path of serving endpoints serves agents and models of OpenAI, and the
    /// name is not that of a model.
    /// </summary>
    public bool MayBeAgent => IsAgent || (Api == ChatApi.Responses && !Route.IsGateway &&
        !(Endpoint.Record is { IsFamily: false } model && model.Family == DatabricksModelFamily.OpenAI));

    /// <summary>The rejection of the first API; null while none was rejected.</summary>
    public DatabricksServingException? ApiRejection { get; init; }

    /// <summary>How the response reports that another API is used than the options select; null when none is.</summary>
    public DatabricksRequestAdjustment? ApiAdjustment { get; init; }

    /// <summary>The body member of the response format.</summary>
    public string FormatField => UsesResponses ? "text" : "response_format";

    /// <summary>How often the request has changed its route.</summary>
    public int Reroutes { get; init; }

    /// <summary>Tags for the usage table of Unity Gateway; null for none.</summary>
    public string? RequestTags { get; init; }

    /// <summary>The tags to send: serving endpoints have none.</summary>
    public string? Tags => Route.IsGateway ? RequestTags : null;

    /// <summary>Whether the request is adapted to the model.</summary>
    public bool IsShaped { get; init; } = true;

    /// <summary>Whether streams should request token counts.</summary>
    public bool WantsUsage { get; init; }

    /// <summary>
    /// Whether this request requests token counts: JSON of the caller takes precedence, and the parameter is not sent to endpoints that
    /// reject it.
    /// </summary>
    public bool AsksForUsage =>
        WantsUsage && IsStream && !Refuses(CorrectionParser.StreamOptions) && !SetsInJson(CorrectionParser.StreamOptions);

    /// <summary>Whether cache control is added for models that support prompt caching.</summary>
    public bool MarksForCache { get; init; }

    /// <summary>Whether media that the model does not support are replaced by a text note.</summary>
    public bool ReplacesMedia { get; init; }

    /// <summary>The capabilities of other endpoints, to decide whether their reasoning is valid here.</summary>
    public required EndpointModels Endpoints { get; init; }

    /// <summary>The corrections that were applied in this call.</summary>
    public IReadOnlyList<ParameterCorrection> AppliedCorrections { get; init; } = [];

    /// <summary>Whether images were downloaded, because the model does not accept URLs.</summary>
    public bool HasFetchedImages { get; init; }

    /// <summary>Whether cache control is added automatically rather than by the caller.</summary>
    public bool CachesByItself =>
        _cachesByItself ??= MarksForCache && IsShaped && Model.SupportsCacheControl is true && !CacheControl.AnyIn(this);

    /// <summary>Whether the placeholder tool is declared, because the host of the model requires a tool.</summary>
    public bool DeclaresPlaceholderTool => _declaresPlaceholderTool ??= PlaceholderTool.IsNeeded(this);

    /// <summary>Whether any tool is declared, by an option or in JSON of the caller.</summary>
    public bool OffersTools => SetsInJson("tools") || (Options?.Tools is { Count: > 0 } && !WithholdsTools);

    /// <summary>
    /// Whether tools are left out because none may be called and the model does not support <c>tool_choice</c> <c>none</c>.
    /// </summary>
    public bool WithholdsTools =>
        Options is { ToolMode: NoneChatToolMode, Tools.Count: > 0 } && !Model.Tools.SupportsNoneChoice && !SetsInJson("tools");

    /// <summary>The tools whose names are replaced in the request, or null if there are none.</summary>
    public ToolNames? ToolNames
    {
        get
        {
            if (!_hasToolNames)
            {
                _toolNames = ToolNames.Of(this);
                _hasToolNames = true;
            }

            return _toolNames;
        }
    }

    /// <summary>The capabilities of the model.</summary>
    public DatabricksModelInfo Model => IsShaped ? Endpoint.Model : Endpoint.Bare;

    /// <summary>The adjustments of the request, or null when there are none.</summary>
    public IReadOnlyList<DatabricksRequestAdjustment>? Adjustments => _adjustments;

    /// <summary>Whether JSON is requested in the system message, because the model has no response format for it.</summary>
    public bool AsksForJsonInWords =>
        Options?.ResponseFormat is ChatResponseFormatJson { Schema: null } && !Model.SupportsJsonObject &&
            !SetsFormatInBase;

    /// <summary>
    /// Whether JSON is also requested in the system message, because the model rejects <c>json_object</c> when no message contains the
    /// word.
    /// </summary>
    public bool AddsJsonWord =>
        Options?.ResponseFormat is ChatResponseFormatJson { Schema: null } &&
        Model is { SupportsJsonObject: true, JsonObjectRequiresWord: true } &&
        !(UsesResponses ? SetsFormatInBase : SetsInJson(FormatField)) && !SetsInJson("messages") && !HasJsonWord();

    // In Responses, the member has more than the format.
    private bool SetsFormatInBase => Base?.TryGetPropertyValue(FormatField, out var given) is true &&
        (!UsesResponses || given is not System.Text.Json.Nodes.JsonObject text || text.ContainsKey("format"));

    /// <summary>The item that a content belongs to, or null: each is read once per request, although several rules need it.</summary>
    public StoredItem? ItemIn(AIContent content)
    {
        if (_items is not null && _items.TryGetValue(content, out var known))
        {
            return known;
        }

        if (StoredItem.TextIn(content) is not { } text)
        {
            return null;
        }

        var item = StoredItem.Read(text);
        (_items ??= new(ReferenceEqualityComparer.Instance))[content] = item;
        return item;
    }

    /// <summary>Whether the model of the request created an item.</summary>
    public bool IsOfModel(StoredItem item) => item.Origin == EndpointName || Endpoints.AreOneModel(item.Origin, EndpointName);

    private bool HasJsonWord()
    {
        const string Word = "json";
        return Options?.Instructions?.Contains(Word, StringComparison.OrdinalIgnoreCase) is true ||
            Messages.Any(message => message is not null && message.Contents.OfType<TextContent>()
                .Any(content => content.Text.Contains(Word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Whether the caller set a body member in JSON, which is then sent unchanged.</summary>
    public bool SetsInJson(string field) =>
        Base?.ContainsKey(field) is true || Options?.AdditionalProperties?.ContainsKey(field) is true;

    /// <summary>A body member that the caller set in JSON; null when it is not set.</summary>
    public object? JsonOf(string field) => Base?.TryGetPropertyValue(field, out var node) is true ? node :
        Options?.AdditionalProperties?.TryGetValue(field, out var value) is true ? value : null;

    /// <summary>Whether an option is dropped; records the adjustment.</summary>
    public bool LeavesOut(string field, bool affectsAnswer = false)
    {
        if (!Refuses(field))
        {
            return false;
        }

        Note(field, ParameterCorrection.LeftOut, affectsAnswer);
        return true;
    }

    public bool Refuses(string field)
    {
        var refused = Model.UnsupportedParameters;
        for (var i = 0; i < refused.Count; i++)
        {
            if (refused[i] == field)
            {
                return true;
            }
        }

        return false;
    }

    public void Note(string field, string change, bool affectsAnswer = false) => Note(field, change, Endpoint.Reason(field), affectsAnswer);

    public void Note(string field, string change, string reason, bool affectsAnswer = false) =>
        (_adjustments ??= []).Add(new DatabricksRequestAdjustment(field, change, reason, affectsAnswer));

    /// <summary>Records how the name of the model was mapped, and that tags are not sent to a serving endpoint.</summary>
    public void NoteRoute()
    {
        if (RequestTags is not null && !Route.IsGateway)
        {
            Note(DatabricksPropertyNames.RequestTags, ParameterCorrection.LeftOut, "serving endpoints have no request tags");
        }

        if (Route.Adjustment is { } adjustment)
        {
            (_adjustments ??= []).Add(adjustment);
        }

        if (ApiAdjustment is not null)
        {
            (_adjustments ??= []).Add(ApiAdjustment);
        }
    }

    /// <summary>Returns a copy of the request for an endpoint with other capabilities, without recorded adjustments.</summary>
    public ChatRequest For(EndpointModel endpoint) => this with
    {
        Endpoint = endpoint,
        _adjustments = null,
        _cachesByItself = null,
        _declaresPlaceholderTool = null,
        _hasToolNames = false,
        _toolNames = null,
    };

    /// <summary>Returns a copy of the request for another API, without recorded adjustments.</summary>
    public ChatRequest For(ChatApi api, DatabricksRequestAdjustment? adjustment = null) =>
        For(Endpoint) with { Api = api, ApiAdjustment = adjustment };

    /// <summary>Returns a copy of the request for another route, without recorded adjustments.</summary>
    public ChatRequest For(ServingRoute route, EndpointModel endpoint) =>
        For(endpoint) with { Route = route, Reroutes = Reroutes + 1, Api = default, ApiAdjustment = null };
}
