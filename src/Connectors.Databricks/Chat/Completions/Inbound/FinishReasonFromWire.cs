using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>Reads a finish reason: provider-specific values become standard ones, and unknown values are kept.</summary>
internal static class FinishReasonFromWire
{
    /// <summary>Whether there is a finish reason; an empty one counts as missing.</summary>
    public static bool IsGiven(string? reason) => !string.IsNullOrWhiteSpace(reason);

    public static ChatFinishReason? Read(string? reason, bool hasCalls) => reason switch
    {
        _ when !IsGiven(reason) => null,

        // A forced tool call may end with "stop": the calls take precedence over the value (serving reference §4.2).
        "stop" or "end_turn" or "stop_sequence" => hasCalls ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
        "length" or "max_tokens" => ChatFinishReason.Length,
        "tool_calls" or "tool_use" or "function_call" => ChatFinishReason.ToolCalls,
        _ when IsContentFilter(reason!) => ChatFinishReason.ContentFilter,
        _ => new ChatFinishReason(reason!),
    };

    // content_filter, CONTENT_FILTER, content-filter, contentFilter, SAFETY, blocked.
    private static bool IsContentFilter(string reason) =>
        reason.Replace("_", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal)
            .Trim().ToUpperInvariant()
            is "CONTENTFILTER" or "CONTENTFILTERED" or "SAFETY" or "BLOCKED";

    /// <summary>
    /// Infers the finish reason of a complete stream without one, as Kimi, Inkling, GLM and Qwen endpoints send it (serving reference
    /// §5.5).
    /// </summary>
    public static ChatFinishReason Inferred(bool hasCalls) => hasCalls ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop;
}
