using System.Globalization;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Embeddings.Outbound;

/// <summary>The inputs of one request, written.</summary>
/// <param name="FirstInput">The position of its first input among all.</param>
/// <param name="Count">How many inputs it holds.</param>
/// <param name="IsOnly">Whether it holds all there are.</param>
/// <param name="Body">The document; whoever sends it gives it back.</param>
/// <param name="HeadLength">The bytes of the document up to its first input.</param>
internal sealed record EmbeddingBatch(int FirstInput, int Count, bool IsOnly, RequestBody Body, int HeadLength)
{
    /// <summary>What is being done, as a message starts with it: a failure of one request among many says which inputs it held.</summary>
    public string Operation => IsOnly ? "Embedding" : Count == 1
        ? string.Create(CultureInfo.InvariantCulture, $"Embedding of input {FirstInput}")
        : string.Create(CultureInfo.InvariantCulture, $"Embedding of inputs {FirstInput} to {FirstInput + Count - 1}");
}
