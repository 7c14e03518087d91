using System.Text.Json.Nodes;
using Connectors.Databricks.Models;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Outbound;

/// <summary>One request as the caller made it; nothing in it is changed by writing it.</summary>
internal sealed record ChatRequest(
    string EndpointName, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, JsonObject? Base, bool IsStream)
{
    /// <summary>Whether token counts are asked for at the end of a stream.</summary>
    public bool AsksForUsage { get; init; }

    /// <summary>A caller who sets the field decides about it alone.</summary>
    public bool DecidesOnStreamOptions =>
        Base?.ContainsKey(LearnedRefusals.StreamOptions) is true ||
        Options?.AdditionalProperties?.ContainsKey(LearnedRefusals.StreamOptions) is true;
}
