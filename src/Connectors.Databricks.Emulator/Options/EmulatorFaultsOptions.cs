namespace Connectors.Databricks.Emulator;

/// <summary>Options of fault injection (<see cref="DatabricksEmulator.Faults"/>).</summary>
public sealed class EmulatorFaultsOptions
{
    internal EmulatorFaultsOptions()
    {
    }

    /// <summary>Gets or sets the seed of the random numbers that select the requests.</summary>
    /// <value>1: every run injects the same faults.</value>
    public int Seed { get; set; } = 1;

    /// <summary>Gets or sets the duration of delays and pauses.</summary>
    /// <value>One second</value>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The faults of the command line.</summary>
    internal List<(EmulatedFault Fault, double Probability)> Initial { get; private set; } = [];

    internal EmulatorFaultsOptions Copy()
    {
        var copy = (EmulatorFaultsOptions)MemberwiseClone();
        copy.Initial = [.. Initial];
        return copy;
    }
}
