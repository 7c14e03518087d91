using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The period after which a rate limit restarts (<c>renewal_period</c>).</summary>
[JsonConverter(typeof(OpenTextConverter<RateLimitRenewalPeriod>))]
public readonly struct RateLimitRenewalPeriod : IEquatable<RateLimitRenewalPeriod>, IOpenText<RateLimitRenewalPeriod>
{
    /// <summary>Initializes a new instance of the <see cref="RateLimitRenewalPeriod"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public RateLimitRenewalPeriod(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>One minute, the only documented period.</summary>
    public static RateLimitRenewalPeriod Minute { get; } = new("minute");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(RateLimitRenewalPeriod left, RateLimitRenewalPeriod right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(RateLimitRenewalPeriod left, RateLimitRenewalPeriod right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(RateLimitRenewalPeriod other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RateLimitRenewalPeriod other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static RateLimitRenewalPeriod IOpenText<RateLimitRenewalPeriod>.From(string value) =>
        string.IsNullOrWhiteSpace(value) ? default : new(value);
}
