using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Replies;

/// <summary>The finish reasons that OpenAI clients know; some of them fail on any other.</summary>
internal static class FinishReasons
{
    public static string OfChat(ChatFinishReason? reason, bool hasCalls) =>
        reason == ChatFinishReason.ContentFilter ? "content_filter" :
        reason == ChatFinishReason.Length ? "length" :
        hasCalls ? "tool_calls" :
        "stop";
}
