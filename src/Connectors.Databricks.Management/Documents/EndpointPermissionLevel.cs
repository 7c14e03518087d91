using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>A permission level of an endpoint; each level includes those before it.</summary>
[JsonConverter(typeof(OpenTextConverter<EndpointPermissionLevel>))]
public readonly struct EndpointPermissionLevel : IEquatable<EndpointPermissionLevel>, IOpenText<EndpointPermissionLevel>
{
    /// <summary>Initializes a new instance of the <see cref="EndpointPermissionLevel"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public EndpointPermissionLevel(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>View the endpoint.</summary>
    public static EndpointPermissionLevel CanView { get; } = new("CAN_VIEW");

    /// <summary>Query the endpoint.</summary>
    public static EndpointPermissionLevel CanQuery { get; } = new("CAN_QUERY");

    /// <summary>Update and delete the endpoint, and change its permissions.</summary>
    public static EndpointPermissionLevel CanManage { get; } = new("CAN_MANAGE");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(EndpointPermissionLevel left, EndpointPermissionLevel right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(EndpointPermissionLevel left, EndpointPermissionLevel right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(EndpointPermissionLevel other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EndpointPermissionLevel other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static EndpointPermissionLevel IOpenText<EndpointPermissionLevel>.From(string value) =>
        string.IsNullOrWhiteSpace(value) ? default : new(value);
}
