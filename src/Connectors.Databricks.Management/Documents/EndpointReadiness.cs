using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The readiness of an endpoint for requests (<c>state.ready</c>). An endpoint that has scaled to zero is ready.</summary>
[JsonConverter(typeof(OpenTextConverter<EndpointReadiness>))]
public readonly struct EndpointReadiness : IEquatable<EndpointReadiness>, IOpenText<EndpointReadiness>
{
    /// <summary>Initializes a new instance of the <see cref="EndpointReadiness"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public EndpointReadiness(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>Ready for requests.</summary>
    public static EndpointReadiness Ready { get; } = new("READY");

    /// <summary>Not ready for requests: deploying, failed, or stopped.</summary>
    public static EndpointReadiness NotReady { get; } = new("NOT_READY");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(EndpointReadiness left, EndpointReadiness right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(EndpointReadiness left, EndpointReadiness right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(EndpointReadiness other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EndpointReadiness other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static EndpointReadiness IOpenText<EndpointReadiness>.From(string value) => string.IsNullOrWhiteSpace(value) ? default : new(value);
}
