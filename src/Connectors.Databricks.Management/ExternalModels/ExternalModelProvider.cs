using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The provider of an external model (<c>provider</c>).</summary>
[JsonConverter(typeof(OpenTextConverter<ExternalModelProvider>))]
public readonly struct ExternalModelProvider : IEquatable<ExternalModelProvider>, IOpenText<ExternalModelProvider>
{
    /// <summary>Initializes a new instance of the <see cref="ExternalModelProvider"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public ExternalModelProvider(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>AI21 Labs.</summary>
    public static ExternalModelProvider AI21Labs { get; } = new("ai21labs");

    /// <summary>Anthropic.</summary>
    public static ExternalModelProvider Anthropic { get; } = new("anthropic");

    /// <summary>Amazon Bedrock.</summary>
    public static ExternalModelProvider AmazonBedrock { get; } = new("amazon-bedrock");

    /// <summary>Cohere.</summary>
    public static ExternalModelProvider Cohere { get; } = new("cohere");

    /// <summary>Any service that implements the OpenAI API.</summary>
    public static ExternalModelProvider Custom { get; } = new("custom");

    /// <summary>Model Serving of another workspace.</summary>
    public static ExternalModelProvider DatabricksModelServing { get; } = new("databricks-model-serving");

    /// <summary>Google Cloud Vertex AI.</summary>
    public static ExternalModelProvider GoogleCloudVertexAI { get; } = new("google-cloud-vertex-ai");

    /// <summary>OpenAI, or Azure OpenAI.</summary>
    public static ExternalModelProvider OpenAI { get; } = new("openai");

    /// <summary>Google PaLM.</summary>
    public static ExternalModelProvider PaLM { get; } = new("palm");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(ExternalModelProvider left, ExternalModelProvider right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(ExternalModelProvider left, ExternalModelProvider right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ExternalModelProvider other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ExternalModelProvider other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static ExternalModelProvider IOpenText<ExternalModelProvider>.From(string value) =>
        string.IsNullOrWhiteSpace(value) ? default : new(value);
}
