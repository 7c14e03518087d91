namespace Connectors.Databricks;

/// <summary>The source of a value of the directory.</summary>
public readonly struct ProfileSource : IEquatable<ProfileSource>
{
    /// <summary>Initializes a new instance of the <see cref="ProfileSource"/> struct.</summary>
    /// <param name="value">The value; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public ProfileSource(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>It is not.</summary>
    public static ProfileSource Unknown { get; } = new("unknown");

    /// <summary>The service reports the value.</summary>
    public static ProfileSource Service { get; } = new("service");

    /// <summary>The value is from the table of models (<see cref="DatabricksServingOptions.Models"/>).</summary>
    public static ProfileSource Table { get; } = new("table");

    /// <summary>It follows from names, or from what its family is like: likely, not certain.</summary>
    public static ProfileSource Inferred { get; } = new("inferred");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(ProfileSource left, ProfileSource right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(ProfileSource left, ProfileSource right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ProfileSource other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ProfileSource other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
