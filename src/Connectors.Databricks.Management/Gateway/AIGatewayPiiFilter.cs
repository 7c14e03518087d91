namespace Connectors.Databricks.Management;

/// <summary>What is done with personal data.</summary>
public sealed record AIGatewayPiiFilter : EndpointDocument
{
    /// <summary>Gets the behavior when PII is detected.</summary>
    public PiiBehavior? Behavior { get; init; }
}
