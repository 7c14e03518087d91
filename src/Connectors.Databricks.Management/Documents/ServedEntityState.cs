using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management;

/// <summary>The deployment state of a served entity, with the message of the service.</summary>
public sealed record ServedEntityState : EndpointDocument
{
    /// <summary>Gets the deployment state.</summary>
    public DeploymentState Deployment { get; init; }

    /// <summary>Gets the message of the service about the deployment state; usually the reason for a failure.</summary>
    [JsonPropertyName("deployment_state_message")]
    public string? Message { get; init; }
}
