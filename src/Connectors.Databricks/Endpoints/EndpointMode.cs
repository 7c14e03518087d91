namespace Connectors.Databricks.Endpoints;

/// <summary>Which call an endpoint answers.</summary>
/// <param name="Value">The word for people and for tools; where LiteLLM has one, it is the same.</param>
public readonly record struct EndpointMode(string Value)
{
    /// <summary>It could not be told.</summary>
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

    /// <summary>The word.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? Unknown.Value;
}
