using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Caching;

/// <summary>Determines which responses are stored: complete ones, that a later caller may read instead of a new one.</summary>
internal static class CompleteResponses
{
    /// <summary>
    /// Whether a response is complete: it ended by itself, no policy or guardrail replaced it, and it is no refusal. An unknown finish
    /// reason counts as incomplete.
    /// </summary>
    public static bool IsComplete(ChatResponse response) =>
        IsFinished(response.FinishReason) && response.GetServicePolicyDenial() is null && response.Messages.All(IsComplete);

    private static bool IsComplete(ChatMessage message) =>
        !message.Contents.OfType<ErrorContent>().Any() &&
        (message.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.FinishReason, out var reason) is not true ||
            (reason is string text && IsFinished(new ChatFinishReason(text))));

    private static bool IsFinished(ChatFinishReason? reason) =>
        reason == ChatFinishReason.Stop || reason == ChatFinishReason.ToolCalls;
}
