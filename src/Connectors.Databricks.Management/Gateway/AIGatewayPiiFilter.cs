namespace Connectors.Databricks.Management;

/// <summary>What is done with personal data.</summary>
public sealed record AIGatewayPiiFilter : EndpointDocument
{
    /// <summary>What is done.</summary>
    public PiiBehavior? Behavior { get; init; }
}
