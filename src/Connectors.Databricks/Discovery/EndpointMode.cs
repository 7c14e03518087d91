namespace Connectors.Databricks;

/// <summary>The kind of request that an endpoint supports.</summary>
public readonly struct EndpointMode : IEquatable<EndpointMode>
{
    /// <summary>Initializes a new instance of the <see cref="EndpointMode"/> struct.</summary>
    /// <param name="value">The value; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public EndpointMode(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>It is unknown.</summary>
    public static EndpointMode Unknown { get; } = new("unknown");

    /// <summary>Messages: <see cref="DatabricksServingClient.GetChatClient(string, DatabricksChatOptions?)"/>.</summary>
    public static EndpointMode Chat { get; } = new("chat");

    /// <summary>Items in the form of OpenAI's Responses API.</summary>
    public static EndpointMode Responses { get; } = new("responses");

    /// <summary>A prompt: <c>CompleteAsync</c>.</summary>
    public static EndpointMode Completion { get; } = new("completion");

    /// <summary>Texts that become vectors: <c>GetEmbeddingGenerator</c>.</summary>
    public static EndpointMode Embedding { get; } = new("embedding");

    /// <summary>Rows or tensors: <c>PredictAsync</c>.</summary>
    public static EndpointMode Prediction { get; } = new("prediction");

    /// <summary>Keys that are looked up: <c>PredictAsync</c>.</summary>
    public static EndpointMode Features { get; } = new("features");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(EndpointMode left, EndpointMode right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(EndpointMode left, EndpointMode right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(EndpointMode other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EndpointMode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
