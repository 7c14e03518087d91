using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>
/// An API that a serving endpoint or a model service supports, by its name in <c>supported_api_types</c> of a model service and in
/// <c>api_types</c> of a foundation model.
/// </summary>
[JsonConverter(typeof(OpenTextConverter<ServingApi>))]
public readonly struct ServingApi : IEquatable<ServingApi>, IOpenText<ServingApi>
{
    /// <summary>Initializes a new instance of the <see cref="ServingApi"/> struct.</summary>
    /// <param name="value">The name of the service; names that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public ServingApi(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>Chat completions: <see cref="DatabricksServingClient.GetChatClient(string, DatabricksChatOptions?)"/>.</summary>
    public static ServingApi ChatCompletions { get; } = new("mlflow/v1/chat/completions");

    /// <summary>The Responses API, for models of every provider and for agents.</summary>
    public static ServingApi Responses { get; } = new("mlflow/v1/responses");

    /// <summary>Embeddings: <c>GetEmbeddingGenerator</c>.</summary>
    public static ServingApi Embeddings { get; } = new("mlflow/v1/embeddings");

    /// <summary>The Responses API in the dialect of OpenAI. This package does not call it.</summary>
    public static ServingApi OpenAIResponses { get; } = new("openai/v1/responses");

    /// <summary>The Messages API of Anthropic. This package does not call it.</summary>
    public static ServingApi AnthropicMessages { get; } = new("anthropic/v1/messages");

    /// <summary>Gets the name; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two names, ignoring case.</summary>
    /// <param name="left">The first name.</param>
    /// <param name="right">The second name.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(ServingApi left, ServingApi right) => left.Equals(right);

    /// <summary>Compares two names, ignoring case.</summary>
    /// <param name="left">The first name.</param>
    /// <param name="right">The second name.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(ServingApi left, ServingApi right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ServingApi other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ServingApi other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Value;

    static ServingApi IOpenText<ServingApi>.From(string value) => string.IsNullOrWhiteSpace(value) ? default : new(value);
}
