using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>The lifecycle stage of a model on Databricks.</summary>
public readonly struct DatabricksModelStage : IEquatable<DatabricksModelStage>
{
    private readonly string? _value;

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksModelStage"/> struct with a value, which may be one that the service supports
    /// in the future.
    /// </summary>
    /// <param name="value">The name of the stage.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null or white space.</exception>
    public DatabricksModelStage(string value) => _value = OpenText.Require(value);

    /// <summary>The model is available.</summary>
    public static DatabricksModelStage Current { get; } = new("current");

    /// <summary>The model is not recommended, and is available only in workspaces that used it recently.</summary>
    public static DatabricksModelStage Legacy { get; } = new("legacy");

    /// <summary>The retirement of the model is announced.</summary>
    public static DatabricksModelStage Deprecated { get; } = new("deprecated");

    /// <summary>The model is no longer available.</summary>
    public static DatabricksModelStage Retired { get; } = new("retired");

    /// <summary>Gets the text; empty for a default structure.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(DatabricksModelStage left, DatabricksModelStage right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(DatabricksModelStage left, DatabricksModelStage right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(DatabricksModelStage other) => OpenText.Equal(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is DatabricksModelStage other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OpenText.Hash(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
