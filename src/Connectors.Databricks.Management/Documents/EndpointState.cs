namespace Connectors.Databricks.Management;

/// <summary>
/// The state of an endpoint: two words, and no single one (serving reference §9.6). A stopped endpoint is not ready and not updating.
/// </summary>
public sealed record EndpointState : EndpointDocument
{
    /// <summary>Whether it answers calls.</summary>
    public EndpointReadiness Ready { get; init; }

    /// <summary>Whether it is changing to another configuration.</summary>
    public ConfigUpdateState ConfigUpdate { get; init; }

    /// <summary>Both words.</summary>
    /// <returns>For a log: <c>READY, NOT_UPDATING</c>.</returns>
    public override string ToString() => $"{Ready}, {ConfigUpdate}";
}
