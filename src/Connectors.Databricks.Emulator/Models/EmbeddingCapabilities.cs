namespace Connectors.Databricks.Emulator.Models;

/// <summary>The capabilities of an embedding model (§7.2). The rows are in <see cref="EmbeddingTable"/>.</summary>
internal sealed record EmbeddingCapabilities
{
    public required string Endpoint { get; init; }

    /// <summary>The value of <c>model</c> in responses.</summary>
    public required string Upstream { get; init; }

    public required string Entity { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>The name of its model service; null when Unity Gateway does not serve it.</summary>
    public string? Service { get; init; }

    /// <summary>The registered model that <c>pay_per_token_config</c> of the service names after <c>models/</c>.</summary>
    public string? Registered { get; init; }

    public int Dimensions { get; init; } = 1024;

    public required int MaxTokens { get; init; }

    /// <summary>Whether vectors are normalized to length 1.</summary>
    public bool IsNormalized { get; init; } = true;

    /// <summary>Whether <c>dimensions</c> shortens the vectors.</summary>
    public bool AcceptsDimensions { get; init; }

    /// <summary>The values of <c>api_types</c> and <c>supported_api_types</c> [goose].</summary>
    public static string[] ApiTypes => ["mlflow/v1/embeddings"];
}
