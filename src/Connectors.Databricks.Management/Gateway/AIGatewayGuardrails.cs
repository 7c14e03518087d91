namespace Connectors.Databricks.Management;

/// <summary>What the AI Gateway checks in chats.</summary>
public sealed record AIGatewayGuardrails : EndpointDocument
{
    /// <summary>For what is asked.</summary>
    public AIGatewayGuardrail? Input { get; init; }

    /// <summary>For what is answered.</summary>
    public AIGatewayGuardrail? Output { get; init; }
}
