using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The provider of a model on Amazon Bedrock (<c>bedrock_provider</c>).</summary>
[JsonConverter(typeof(OpenTextConverter<BedrockProvider>))]
public readonly struct BedrockProvider : IEquatable<BedrockProvider>, IOpenText<BedrockProvider>
{
    /// <summary>Initializes a new instance of the <see cref="BedrockProvider"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public BedrockProvider(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>AI21 Labs.</summary>
    public static BedrockProvider AI21Labs { get; } = new("ai21labs");

    /// <summary>Amazon.</summary>
    public static BedrockProvider Amazon { get; } = new("amazon");

    /// <summary>Anthropic.</summary>
    public static BedrockProvider Anthropic { get; } = new("anthropic");

    /// <summary>Cohere.</summary>
    public static BedrockProvider Cohere { get; } = new("cohere");

    /// <summary>Grok of xAI.</summary>
    public static BedrockProvider Grok { get; } = new("grok");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(BedrockProvider left, BedrockProvider right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(BedrockProvider left, BedrockProvider right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(BedrockProvider other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BedrockProvider other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static BedrockProvider IOpenText<BedrockProvider>.From(string value) => string.IsNullOrWhiteSpace(value) ? default : new(value);
}
