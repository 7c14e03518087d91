namespace Connectors.Databricks.Transport;

/// <summary>Why a call was not retried, and what to do; no exception recommends to repeat what may have had an effect.</summary>
internal static class RetryHints
{
    private const string AgentNotRetried =
        "It was not retried, because the agent may have run tools: check what they have changed before you try again.";

    /// <summary>
    /// The hint that replaces all others after a transient failure of an agent; null for other calls, and for apps, which have hints of
    /// their own.
    /// </summary>
    public static string? ForAgent(ServingCall call) => call is { RetrySafety: RetrySafety.Agent, IsApp: false } ? AgentNotRetried : null;

    public static string AfterLostConnection(ServingCall call) => call.RetrySafety switch
    {
        _ when call.AdviceWhenCut is { } advice => advice,
        RetrySafety.Inference => "Try again: it was not retried, because the first attempt may be billed.",
        RetrySafety.Agent => AgentNotRetried,
        RetrySafety.NonIdempotent =>
            $"It was not retried, because the first attempt may have been processed: check the {Subject(call)} before you try again.",
        _ => "Try again.",
    };

    /// <summary>The start of a sentence that ends with the timeout to raise.</summary>
    public static string AfterTimeout(ServingCall call) => call.RetrySafety switch
    {
        RetrySafety.Inference => "An endpoint that had scaled to zero needs minutes to come up; ",
        RetrySafety.Agent => "The agent may have run tools: check what they have changed before you try again, and ",
        RetrySafety.NonIdempotent => $"It may have been processed: check the {Subject(call)} before you try again, and ",
        _ => "Try again, and ",
    };

    private static string Subject(ServingCall call) => call.IsStatement ? "query history of the warehouse" : "endpoint";
}
