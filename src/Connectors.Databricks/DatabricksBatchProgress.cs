using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>The progress of a batch at one moment.</summary>
public sealed class DatabricksBatchProgress
{
    /// <summary>Initializes a new instance of the <see cref="DatabricksBatchProgress"/> class, such as for tests.</summary>
    public DatabricksBatchProgress()
    {
    }

    /// <summary>Gets the number of requests with a result: a response or an error, also from the checkpoint.</summary>
    public long Completed { get; init; }

    /// <summary>Gets the number of requests among <see cref="Completed"/> that failed.</summary>
    public long Failed { get; init; }

    /// <summary>Gets the number of requests among <see cref="Completed"/> whose result came from the checkpoint.</summary>
    public long FromCheckpoint { get; init; }

    /// <summary>Gets the number of requests, or <see langword="null"/> when it is unknown.</summary>
    public long? Total { get; init; }

    /// <summary>Gets the time since the batch started.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>
    /// Gets the requests that completed per second in the last 30 seconds, without those from the checkpoint; 0 when none did.
    /// </summary>
    public double RequestsPerSecond { get; init; }

    /// <summary>
    /// Gets the estimated time until all requests are complete, at the current rate; <see langword="null"/> when the total is unknown or
    /// nothing has completed.
    /// </summary>
    public TimeSpan? EstimatedTimeRemaining { get; init; }

    /// <summary>
    /// Gets the tokens of the responses, also of those from the checkpoint, as far as the service reported them. Predictions have none.
    /// </summary>
    public UsageDetails Usage { get; init; } = new();
}
