using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Batch.Responses;

/// <summary>The format of each kind of response.</summary>
internal static class ResponseFormats
{
    /// <exception cref="ArgumentException">No request has a response of this type.</exception>
    public static ResponseFormat<TResponse> For<TResponse>()
        where TResponse : class =>
        typeof(TResponse) == typeof(ChatResponse) ? (ResponseFormat<TResponse>)(object)new ChatResponseFormat() :
        typeof(TResponse) == typeof(GeneratedEmbeddings<Embedding<float>>) ? (ResponseFormat<TResponse>)(object)new EmbeddingsFormat() :
        typeof(TResponse) == typeof(DatabricksPrediction) ? (ResponseFormat<TResponse>)(object)new PredictionFormat() :
        throw new ArgumentException(
            $"A batch has no requests with responses of type {typeof(TResponse)}. Use the methods of {nameof(DatabricksBatchRequest)}.");
}
