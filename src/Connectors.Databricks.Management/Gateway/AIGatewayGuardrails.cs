namespace Connectors.Databricks.Management;

/// <summary>The guardrails of the AI Gateway.</summary>
public sealed record AIGatewayGuardrails : EndpointDocument
{
    /// <summary>Gets the guardrails for requests.</summary>
    public AIGatewayGuardrail? Input { get; init; }

    /// <summary>Gets the guardrails for responses.</summary>
    public AIGatewayGuardrail? Output { get; init; }
}
