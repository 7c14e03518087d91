using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The deployment state of a served entity (<c>state.deployment</c>).</summary>
[JsonConverter(typeof(OpenTextConverter<DeploymentState>))]
public readonly struct DeploymentState : IEquatable<DeploymentState>, IOpenText<DeploymentState>
{
    /// <summary>Initializes a new instance of the <see cref="DeploymentState"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public DeploymentState(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>The deployment is being built or started.</summary>
    public static DeploymentState Creating { get; } = new("DEPLOYMENT_CREATING");

    /// <summary>Ready for requests.</summary>
    public static DeploymentState Ready { get; } = new("DEPLOYMENT_READY");

    /// <summary>The deployment failed; the message has the reason.</summary>
    public static DeploymentState Failed { get; } = new("DEPLOYMENT_FAILED");

    /// <summary>The deployment failed and is being recovered.</summary>
    public static DeploymentState Recovering { get; } = new("DEPLOYMENT_RECOVERING");

    /// <summary>The deployment was aborted.</summary>
    public static DeploymentState Aborted { get; } = new("DEPLOYMENT_ABORTED");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(DeploymentState left, DeploymentState right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(DeploymentState left, DeploymentState right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(DeploymentState other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DeploymentState other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static DeploymentState IOpenText<DeploymentState>.From(string value) => string.IsNullOrWhiteSpace(value) ? default : new(value);
}
