using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints;

/// <summary>How far the deployment of a served entity is (<c>state.deployment</c>).</summary>
/// <param name="Value">The word on the wire; one that is not listed here is kept as it came.</param>
[JsonConverter(typeof(OpenTextConverter<DeploymentState>))]
public readonly record struct DeploymentState(string Value) : IOpenText<DeploymentState>
{
    /// <summary>It is being built or started.</summary>
    public static DeploymentState Creating { get; } = new("DEPLOYMENT_CREATING");

    /// <summary>It answers calls.</summary>
    public static DeploymentState Ready { get; } = new("DEPLOYMENT_READY");

    /// <summary>It failed; the message beside it says why.</summary>
    public static DeploymentState Failed { get; } = new("DEPLOYMENT_FAILED");

    /// <summary>It broke and is being brought up again.</summary>
    public static DeploymentState Recovering { get; } = new("DEPLOYMENT_RECOVERING");

    /// <summary>It was given up.</summary>
    public static DeploymentState Aborted { get; } = new("DEPLOYMENT_ABORTED");

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;

    static DeploymentState IOpenText<DeploymentState>.From(string value) => new(value);
}
