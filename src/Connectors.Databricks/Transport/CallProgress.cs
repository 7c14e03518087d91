using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Transport;

/// <summary>What the attempts of one call share.</summary>
internal sealed class CallProgress(Deadline deadline, TimeProvider clock)
{
    public Deadline Deadline => deadline;

    public int Attempts { get; set; }

    /// <summary>When the call began; 0 when nobody wants to know.</summary>
    public long StartedAt { get; } = ServingTelemetry.FirstEvent.Enabled ? clock.GetTimestamp() : 0;

    public bool HasRenewedToken { get; set; }

    /// <summary>Whether the attempt waits for a token, and not for the endpoint.</summary>
    public bool IsRenewingToken { get; set; }

    /// <summary>How the first attempt ended, until the retries know it.</summary>
    public DatabricksServingException? FirstFailure { private get; set; }

    public DatabricksServingException? TakeFirstFailure()
    {
        var failure = FirstFailure;
        FirstFailure = null;
        return failure;
    }
}
