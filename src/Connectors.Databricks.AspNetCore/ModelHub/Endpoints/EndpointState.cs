namespace Connectors.Databricks.AspNetCore.ModelHub.Endpoints;

/// <summary>The state of an endpoint in one word, as the page shows and filters it.</summary>
internal static class EndpointState
{
    public const string Unknown = "unknown";

    public static string Of(EndpointProfile profile) => profile.Readiness switch
    {
        ReadinessResult.Ready => "ready",
        ReadinessResult.InProgress => "updating",
        ReadinessResult.Idle => "stopped",

        // The last update failed, and the configuration before it still serves.
        ReadinessResult.Failed => profile.IsReady ? "degraded" : "failed",
        _ => Unknown,
    };
}
