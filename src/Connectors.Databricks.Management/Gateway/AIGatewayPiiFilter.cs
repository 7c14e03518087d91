namespace Connectors.Databricks.Management;

/// <summary>The filter for personally identifiable information (PII).</summary>
public sealed record AIGatewayPiiFilter : EndpointDocument
{
    /// <summary>Gets the behavior when PII is detected.</summary>
    public PiiBehavior? Behavior { get; init; }
}
