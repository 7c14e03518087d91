using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>A privilege of Unity Catalog on a model service (<c>privilege</c>).</summary>
[JsonConverter(typeof(OpenTextConverter<ModelServicePrivilege>))]
public readonly struct ModelServicePrivilege : IEquatable<ModelServicePrivilege>, IOpenText<ModelServicePrivilege>
{
    /// <summary>Initializes a new instance of the <see cref="ModelServicePrivilege"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public ModelServicePrivilege(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>Querying the service.</summary>
    public static ModelServicePrivilege Execute { get; } = new("EXECUTE");

    /// <summary>Listing and getting the service, without querying it.</summary>
    public static ModelServicePrivilege ReadMetadata { get; } = new("READ_METADATA");

    /// <summary>Changing and deleting the service, and granting privileges on it.</summary>
    public static ModelServicePrivilege Manage { get; } = new("MANAGE");

    /// <summary>Every privilege; grant narrower ones where they suffice.</summary>
    public static ModelServicePrivilege AllPrivileges { get; } = new("ALL_PRIVILEGES");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(ModelServicePrivilege left, ModelServicePrivilege right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(ModelServicePrivilege left, ModelServicePrivilege right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ModelServicePrivilege other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ModelServicePrivilege other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static ModelServicePrivilege IOpenText<ModelServicePrivilege>.From(string value) =>
        string.IsNullOrWhiteSpace(value) ? default : new(value);
}
