namespace Connectors.Databricks.Management;

/// <summary>What a rollout is doing.</summary>
public enum TrafficShiftPhase
{
    /// <summary>The step's percentages are being put in place.</summary>
    Updating,

    /// <summary>The step gathers calls.</summary>
    Soaking,

    /// <summary>The step is judged.</summary>
    Checking,

    /// <summary>The step was refused, and the configuration before the rollout is being put in place.</summary>
    RollingBack,

    /// <summary>The rollout has gone through every step.</summary>
    Completed,

    /// <summary>The configuration before the rollout is in place again.</summary>
    RolledBack,
}
