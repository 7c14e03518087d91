namespace Connectors.Databricks.Emulator.Models;

/// <summary>
/// The three embedding models that Databricks hosts [okf:databricks-hosted-foundation-models]. Unconfirmed: the names in <c>model</c> but
/// those of GTE and Qwen3, and the names in Unity Catalog.
/// </summary>
internal static class EmbeddingTable
{
    public static IReadOnlyList<EmbeddingCapabilities> All { get; } =
    [
        new()
        {
            Endpoint = "databricks-gte-large-en",
            Upstream = "gte-large-en-v1.5",
            Entity = "system.ai.gte-large-en-v1_5",
            DisplayName = "GTE Large (En)",
            Service = "system.ai.gte-large-en",
            Registered = "system.ai.gte-large-en-v1_5",
            MaxTokens = 8192,
            IsNormalized = false,
        },
        new()
        {
            Endpoint = "databricks-bge-large-en",
            Upstream = "bge-large-en-v1.5",
            Entity = "system.ai.bge_large_en_v1_5",
            DisplayName = "BGE Large (En)",
            Service = "system.ai.bge-embedding-large",
            Registered = "system.ai.bge_large_en_v1_5",
            MaxTokens = 512,
        },
        new()
        {
            Endpoint = "databricks-qwen3-embedding-0-6b",
            Upstream = "qwen3-embedding-0-6b-112025",
            Entity = "system.ai.qwen3-embedding-0-6b",
            DisplayName = "Qwen3 Embedding 0.6B",
            Service = "system.ai.qwen3-embedding-0-6b",
            Registered = "system.ai.qwen3-embedding-0-6b-112025",
            MaxTokens = 32_768,
            AcceptsDimensions = true,
        },
    ];
}
