using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints;

/// <summary>What an endpoint takes and gives (<c>task</c>). Classic models and feature serving have none.</summary>
/// <param name="Value">The word on the wire; one that is not listed here is kept as it came.</param>
[JsonConverter(typeof(OpenTextConverter<EndpointTask>))]
public readonly record struct EndpointTask(string Value) : IOpenText<EndpointTask>
{
    /// <summary>Chat with a model.</summary>
    public static EndpointTask Chat { get; } = new("llm/v1/chat");

    /// <summary>Text completions.</summary>
    public static EndpointTask Completions { get; } = new("llm/v1/completions");

    /// <summary>Embeddings.</summary>
    public static EndpointTask Embeddings { get; } = new("llm/v1/embeddings");

    /// <summary>An agent that speaks the chat of models.</summary>
    public static EndpointTask AgentChat { get; } = new("agent/v1/chat");

    /// <summary>An agent of MLflow's ChatAgent.</summary>
    public static EndpointTask AgentChatV2 { get; } = new("agent/v2/chat");

    /// <summary>An agent of MLflow's ResponsesAgent.</summary>
    public static EndpointTask AgentResponses { get; } = new("agent/v1/responses");

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;

    static EndpointTask IOpenText<EndpointTask>.From(string value) => new(value);
}
