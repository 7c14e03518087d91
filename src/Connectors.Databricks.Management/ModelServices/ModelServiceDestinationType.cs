using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>What a destination of a model service routes to (<c>destination_type</c>).</summary>
[JsonConverter(typeof(OpenTextConverter<ModelServiceDestinationType>))]
public readonly struct ModelServiceDestinationType : IEquatable<ModelServiceDestinationType>, IOpenText<ModelServiceDestinationType>
{
    /// <summary>Initializes a new instance of the <see cref="ModelServiceDestinationType"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public ModelServiceDestinationType(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>A foundation model of Databricks, billed per token.</summary>
    public static ModelServiceDestinationType PayPerToken { get; } = new("DESTINATION_TYPE_PAY_PER_TOKEN_FOUNDATION_MODEL");

    /// <summary>A serving endpoint with provisioned throughput.</summary>
    public static ModelServiceDestinationType ProvisionedThroughput { get; } =
        new("DESTINATION_TYPE_PROVISIONED_THROUGHPUT_FOUNDATION_MODEL");

    /// <summary>A model of another provider, through a model provider service.</summary>
    public static ModelServiceDestinationType External { get; } = new("DESTINATION_TYPE_EXTERNAL_FOUNDATION_MODEL");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(ModelServiceDestinationType left, ModelServiceDestinationType right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(ModelServiceDestinationType left, ModelServiceDestinationType right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ModelServiceDestinationType other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ModelServiceDestinationType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static ModelServiceDestinationType IOpenText<ModelServiceDestinationType>.From(string value) =>
        string.IsNullOrWhiteSpace(value) ? default : new(value);
}
