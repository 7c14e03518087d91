using System.Text;
using Connectors.Databricks.Batch.Running;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>Creates the requests of a batch: chat, embeddings or predictions.</summary>
public static class DatabricksBatchRequest
{
    /// <summary>Creates a chat request from a prompt.</summary>
    /// <param name="id">
    /// The id of the request, which is unique in the batch. A checkpoint finds the result by it: use another id when the request changes.
    /// </param>
    /// <param name="prompt">The text of the user message.</param>
    /// <param name="options">The options, or <see langword="null"/> for none. Several requests may share them.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty or not valid Unicode.</exception>
    public static DatabricksBatchRequest<ChatResponse> Chat(string id, string prompt, ChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return new ChatBatchRequest(id, [new ChatMessage(ChatRole.User, prompt)], options);
    }

    /// <summary>Creates a chat request from a conversation.</summary>
    /// <param name="id">
    /// The id of the request, which is unique in the batch. A checkpoint finds the result by it: use another id when the request changes.
    /// </param>
    /// <param name="messages">The messages.</param>
    /// <param name="options">The options, or <see langword="null"/> for none. Several requests may share them.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty or not valid Unicode.</exception>
    public static DatabricksBatchRequest<ChatResponse> Chat(string id, IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return new ChatBatchRequest(id, messages, options);
    }

    /// <summary>
    /// Creates a request for the embeddings of several texts. A request of up to 100 texts is one HTTP request; more are split, as
    /// <see cref="DatabricksBatchOptions.Embeddings"/> configures.
    /// </summary>
    /// <param name="id">
    /// The id of the request, which is unique in the batch. A checkpoint finds the result by it: use another id when the request changes.
    /// </param>
    /// <param name="values">The texts. The response has an embedding for each, in the same order.</param>
    /// <param name="options">The options, or <see langword="null"/> for none.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty or not valid Unicode.</exception>
    public static DatabricksBatchRequest<GeneratedEmbeddings<Embedding<float>>> Embeddings(
        string id, IEnumerable<string> values, EmbeddingGenerationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new EmbeddingsBatchRequest(id, values, options);
    }

    /// <summary>Creates a request for a prediction of a classic model or a feature serving endpoint.</summary>
    /// <param name="id">
    /// The id of the request, which is unique in the batch. A checkpoint finds the result by it: use another id when the request changes.
    /// </param>
    /// <param name="input">The rows or tensors.</param>
    /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty or not valid Unicode.</exception>
    public static DatabricksBatchRequest<DatabricksPrediction> Prediction(
        string id, DatabricksPredictionInput input, DatabricksPredictionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new PredictionBatchRequest(id, input, options);
    }
}

/// <summary>A request of a batch. The methods of <see cref="DatabricksBatchRequest"/> create it.</summary>
/// <typeparam name="TResponse">
/// The type of the response: <see cref="ChatResponse"/>, <see cref="GeneratedEmbeddings{TEmbedding}"/> or
/// <see cref="DatabricksPrediction"/>.
/// </typeparam>
public abstract class DatabricksBatchRequest<TResponse>
    where TResponse : class
{
    private protected DatabricksBatchRequest(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        Id = IsUnicode(id) ? id : throw new ArgumentException("The id has half of a surrogate pair, so no file can store it.", nameof(id));
    }

    /// <summary>Gets the id of the request, which is unique in the batch.</summary>
    public string Id { get; }

    internal abstract Task<TResponse> SendAsync(BatchClients clients, CancellationToken cancellationToken);

    // Two ids that differ in an unpaired surrogate would be one id in UTF-8.
    private static bool IsUnicode(string id)
    {
        if (!id.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return true;
        }

        for (ReadOnlySpan<char> rest = id; rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }
}
