using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>
/// The task of an endpoint (<c>task</c>), which determines its request and response format. Classic models and feature serving have none.
/// </summary>
[JsonConverter(typeof(OpenTextConverter<EndpointTask>))]
public readonly struct EndpointTask : IEquatable<EndpointTask>, IOpenText<EndpointTask>
{
    /// <summary>Initializes a new instance of the <see cref="EndpointTask"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public EndpointTask(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>Chat with a model.</summary>
    public static EndpointTask Chat { get; } = new("llm/v1/chat");

    /// <summary>Text completions.</summary>
    public static EndpointTask Completions { get; } = new("llm/v1/completions");

    /// <summary>Embeddings.</summary>
    public static EndpointTask Embeddings { get; } = new("llm/v1/embeddings");

    /// <summary>An agent with the chat completions API.</summary>
    public static EndpointTask AgentChat { get; } = new("agent/v1/chat");

    /// <summary>An agent of MLflow's ChatAgent.</summary>
    public static EndpointTask AgentChatV2 { get; } = new("agent/v2/chat");

    /// <summary>An agent of MLflow's ResponsesAgent.</summary>
    public static EndpointTask AgentResponses { get; } = new("agent/v1/responses");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(EndpointTask left, EndpointTask right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(EndpointTask left, EndpointTask right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(EndpointTask other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EndpointTask other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static EndpointTask IOpenText<EndpointTask>.From(string value) => string.IsNullOrWhiteSpace(value) ? default : new(value);
}
