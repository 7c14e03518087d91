using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management;

/// <summary>How far the deployment of a served entity is.</summary>
public sealed record ServedEntityState : EndpointDocument
{
    /// <summary>The step.</summary>
    public DeploymentState Deployment { get; init; }

    /// <summary>What the service says of it; mostly why it failed.</summary>
    [JsonPropertyName("deployment_state_message")]
    public string? Message { get; init; }
}
