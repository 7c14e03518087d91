namespace Connectors.Databricks;

/// <summary>The reason why the checkpoint of a batch cannot be used.</summary>
public enum DatabricksCheckpointFailure
{
    /// <summary>Another reason, such as a missing directory or permission; see the inner exception.</summary>
    Other,

    /// <summary>Another process, or another batch of this one, has the file open.</summary>
    InUse,

    /// <summary>The file belongs to a batch with another endpoint, another kind of request or other options.</summary>
    OtherBatch,

    /// <summary>The file is not a checkpoint, or a line other than the last one is damaged.</summary>
    Invalid,

    /// <summary>The disk is full, or a quota is exhausted.</summary>
    DiskFull,
}
