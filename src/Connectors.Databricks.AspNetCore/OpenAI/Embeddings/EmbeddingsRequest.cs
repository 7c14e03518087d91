using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Embeddings;

/// <summary>An embeddings request as the connector takes it.</summary>
internal sealed record EmbeddingsRequest(string Model, List<string> Inputs, EmbeddingGenerationOptions Options, bool IsBase64);
