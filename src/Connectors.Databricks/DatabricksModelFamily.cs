using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>The family of a model, which determines its wire dialect: the host of the model handles what is not Databricks' own.</summary>
public readonly struct DatabricksModelFamily : IEquatable<DatabricksModelFamily>
{
    private readonly string? _value;

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksModelFamily"/> struct with a value, which may be one that the service
    /// supports in the future.
    /// </summary>
    /// <param name="value">The name of the family.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null or white space.</exception>
    public DatabricksModelFamily(string value) => _value = OpenText.Require(value);

    /// <summary>The host of the model is unknown.</summary>
    public static DatabricksModelFamily Other { get; } = new("other");

    /// <summary>GPT models of OpenAI.</summary>
    public static DatabricksModelFamily OpenAI { get; } = new("openai");

    /// <summary>Claude models of Anthropic.</summary>
    public static DatabricksModelFamily Claude { get; } = new("claude");

    /// <summary>Gemini models of Google.</summary>
    public static DatabricksModelFamily Gemini { get; } = new("gemini");

    /// <summary>Open models that Databricks hosts: Llama, Gemma, Qwen, gpt-oss and others.</summary>
    public static DatabricksModelFamily Native { get; } = new("native");

    /// <summary>Gets the text; empty for a default structure.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(DatabricksModelFamily left, DatabricksModelFamily right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(DatabricksModelFamily left, DatabricksModelFamily right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(DatabricksModelFamily other) => OpenText.Equal(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is DatabricksModelFamily other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OpenText.Hash(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
