using Connectors.Databricks.Batch.Checkpoints;

namespace Connectors.Databricks.Batch.Running;

/// <summary>What a batch needs to run.</summary>
internal sealed class BatchPlan
{
    /// <summary>What identifies the workspace in a checkpoint.</summary>
    public required string Workspace { get; init; }

    public required string EndpointName { get; init; }

    /// <summary>The options, validated and copied.</summary>
    public required DatabricksBatchOptions Options { get; init; }

    public required BatchClients Clients { get; init; }

    public required ItemErrors Errors { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    /// <summary>The length of the requests, when it is known.</summary>
    public long? Total { get; init; }

    /// <summary>Opens the checkpoint; null for the file system.</summary>
    public Func<string, ICheckpointStorage>? OpenStorage { get; init; }

    /// <summary>Results in progress: in flight, or complete and not yet read.</summary>
    public int Window => Options.MaxConcurrentRequests + Options.MaxBufferedResults;
}
