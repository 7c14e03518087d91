namespace Connectors.Databricks.Management;

/// <summary>The phase of a rollout.</summary>
public enum TrafficShiftPhase
{
    /// <summary>The traffic split of the step is being applied.</summary>
    Updating,

    /// <summary>The step receives traffic during the soak time.</summary>
    Soaking,

    /// <summary>The check of the step is running.</summary>
    Checking,

    /// <summary>The check failed, and the configuration before the rollout is being restored.</summary>
    RollingBack,

    /// <summary>Every step is completed.</summary>
    Completed,

    /// <summary>The configuration before the rollout is restored.</summary>
    RolledBack,
}
