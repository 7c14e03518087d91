using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The period after which a rate limit of a model service restarts (<c>renewal_period</c>).</summary>
[JsonConverter(typeof(OpenTextConverter<ModelServiceRenewalPeriod>))]
public readonly struct ModelServiceRenewalPeriod : IEquatable<ModelServiceRenewalPeriod>, IOpenText<ModelServiceRenewalPeriod>
{
    /// <summary>Initializes a new instance of the <see cref="ModelServiceRenewalPeriod"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public ModelServiceRenewalPeriod(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>Every minute.</summary>
    public static ModelServiceRenewalPeriod Minute { get; } = new("RATE_LIMIT_RENEWAL_PERIOD_MINUTE");

    /// <summary>Every hour.</summary>
    public static ModelServiceRenewalPeriod Hour { get; } = new("RATE_LIMIT_RENEWAL_PERIOD_HOUR");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(ModelServiceRenewalPeriod left, ModelServiceRenewalPeriod right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(ModelServiceRenewalPeriod left, ModelServiceRenewalPeriod right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ModelServiceRenewalPeriod other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ModelServiceRenewalPeriod other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static ModelServiceRenewalPeriod IOpenText<ModelServiceRenewalPeriod>.From(string value) =>
        string.IsNullOrWhiteSpace(value) ? default : new(value);
}
