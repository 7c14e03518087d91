using System.Globalization;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Embeddings.Outbound;

/// <summary>The request document for a range of inputs.</summary>
/// <param name="FirstInput">The index of the first input.</param>
/// <param name="Count">The number of inputs.</param>
/// <param name="IsOnly">Whether the batch contains all inputs.</param>
/// <param name="Body">The document, which the sender disposes.</param>
/// <param name="HeadLength">The bytes of the document up to its first input.</param>
internal sealed record EmbeddingBatch(int FirstInput, int Count, bool IsOnly, RequestBody Body, int HeadLength)
{
    /// <summary>The operation, for messages: the failure of one of several requests names its inputs.</summary>
    public string Operation => IsOnly ? "Embedding" : Count == 1
        ? string.Create(CultureInfo.InvariantCulture, $"Embedding of input {FirstInput}")
        : string.Create(CultureInfo.InvariantCulture, $"Embedding of inputs {FirstInput} to {FirstInput + Count - 1}");
}
