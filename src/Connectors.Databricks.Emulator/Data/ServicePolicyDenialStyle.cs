namespace Connectors.Databricks.Emulator;

/// <summary>The spelling of a denial by a service policy: several were published.</summary>
public enum ServicePolicyDenialStyle
{
    /// <summary><c>"action":"deny"</c> and the finish reason <c>content_filter</c>, as captured.</summary>
    Action,

    /// <summary><c>"result":"DENY"</c> in place of <c>action</c>.</summary>
    Result,

    /// <summary>The finish reason is <c>stop</c>: only the policy object identifies the denial.</summary>
    StopFinishReason,

    /// <summary>No policy object: only the finish reason and the id identify the denial.</summary>
    WithoutObject,

    /// <summary>The finish reason is at the top level, and there are no choices.</summary>
    WithoutChoices,
}
