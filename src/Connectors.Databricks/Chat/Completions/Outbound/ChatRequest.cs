using System.Text.Json.Nodes;
using Connectors.Databricks.Models;
using Connectors.Databricks.Models.Corrections;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>
/// One request as the caller made it; nothing in it is changed by writing it. What the model does not take is written otherwise, and that is
/// noted here.
/// </summary>
internal sealed record ChatRequest(
    string EndpointName, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, JsonObject? Base, bool IsStream, EndpointModel Endpoint)
{
    private List<DatabricksRequestAdjustment>? _adjustments;
    private bool? _cachesByItself;
    private bool? _declaresPlaceholderTool;

    /// <summary>Whether the request is written for the model, or as it stands.</summary>
    public bool IsShaped { get; init; } = true;

    /// <summary>Whether streams are to be asked for token counts.</summary>
    public bool WantsUsage { get; init; }

    /// <summary>Whether this one is: a caller who sets the field decides about it alone, and an endpoint that refuses it is not asked.</summary>
    public bool AsksForUsage =>
        WantsUsage && IsStream && !Refuses(CorrectionParser.StreamOptions) && !SetsInJson(CorrectionParser.StreamOptions);

    /// <summary>Whether parts of it are marked for the prompt cache where the model has one.</summary>
    public bool MarksForCache { get; init; }

    /// <summary>Whether media that the model cannot take become a note in the text.</summary>
    public bool ReplacesMedia { get; init; }

    /// <summary>What is known of other endpoints: whether their reasoning may go to this one.</summary>
    public required EndpointModels Endpoints { get; init; }

    /// <summary>What the endpoint has taught in this call.</summary>
    public IReadOnlyList<ParameterCorrection> AppliedCorrections { get; init; } = [];

    /// <summary>Whether images were fetched, because the model takes no addresses.</summary>
    public bool HasFetchedImages { get; init; }

    /// <summary>Whether the prompt is marked for the cache here, and not by its caller.</summary>
    public bool CachesByItself =>
        _cachesByItself ??= MarksForCache && IsShaped && Model.Messages.AcceptsCacheControl is true && !CacheControl.AnyIn(this);

    /// <summary>Whether a tool is declared that nobody offers, because the model's host refuses the conversation without one.</summary>
    public bool DeclaresPlaceholderTool => _declaresPlaceholderTool ??= PlaceholderTool.IsNeeded(this);

    /// <summary>What the model takes.</summary>
    public DatabricksModelInfo Model => IsShaped ? Endpoint.Model : Endpoint.Bare;

    /// <summary>What was written otherwise than it stands; null for nothing.</summary>
    public IReadOnlyList<DatabricksRequestAdjustment>? Adjustments => _adjustments;

    /// <summary>JSON for a model without a format for it is asked for in words.</summary>
    public bool AsksForJsonInWords =>
        Options?.ResponseFormat is ChatResponseFormatJson { Schema: null } && !Model.Output.AcceptsJsonObject && Base?.ContainsKey("response_format") is not true;

    /// <summary>Whether the caller wrote a field in the wire's own words: then it goes as it is.</summary>
    public bool SetsInJson(string field) =>
        Base?.ContainsKey(field) is true || Options?.AdditionalProperties?.ContainsKey(field) is true;

    /// <summary>Whether an option is to be left out; notes it.</summary>
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
        var refused = Model.Parameters.Refused;
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

    /// <summary>The same request, to be written anew.</summary>
    public ChatRequest For(EndpointModel endpoint) => this with { Endpoint = endpoint, _adjustments = null, _cachesByItself = null, _declaresPlaceholderTool = null };
}
