namespace Connectors.Databricks.Transport;

/// <summary>Which failures of a call are safe to retry.</summary>
internal enum RetrySafety
{
    /// <summary>An inference call: never repeated after a failure that the service may bill.</summary>
    Inference,

    /// <summary>An inference call to an agent, which may run tools: repeated only when nothing was sent.</summary>
    Agent,

    /// <summary>A read, or a write with the same effect each time: any transient failure is retried.</summary>
    Idempotent,

    /// <summary>A write that must not be applied twice: retried only when the service cannot have started it.</summary>
    NonIdempotent,
}
