using Connectors.Databricks.Chat.Requests;

namespace Connectors.Databricks.Chat;

/// <summary>What the rejections of an endpoint showed.</summary>
/// <param name="Rejected">The rejected APIs, a bit each.</param>
/// <param name="IsAgent">Whether the endpoint is an agent of the Responses API.</param>
/// <param name="Reason">What the service reported last.</param>
internal sealed record LearnedApi(int Rejected, bool IsAgent, string Reason)
{
    public static int Bit(ChatApi api) => 1 << (int)api;

    public bool HasRejected(ChatApi api) => (Rejected & Bit(api)) != 0;

    /// <summary>How a response reports that another API is used than the options select.</summary>
    public DatabricksRequestAdjustment AdjustmentTo(ChatApi api) => new(
        "api",
        api == ChatApi.ChatCompletions ? "sent to chat completions" : "sent to the Responses API",
        $"the endpoint rejected the other API: \"{Reason}\"",
        affectsAnswer: false);
}
