namespace Connectors.Databricks.Emulator.Models;

/// <summary>The model of a served entity, which selects the request handler.</summary>
internal sealed record ServedModel
{
    /// <summary>The task of an endpoint that serves it (§8.1); null for classic models and features.</summary>
    public string? Task { get; init; }

    /// <summary>The value of <c>model</c> in its responses; null for the endpoint's name.</summary>
    public string? Upstream { get; init; }

    public ModelCapabilities? Chat { get; init; }

    public EmbeddingCapabilities? Embedding { get; init; }

    public LinearModel? Classic { get; init; }

    public bool IsFeatureLookup { get; init; }

    /// <summary>The APIs that a foundation model supports.</summary>
    public IReadOnlyList<string> ApiTypes => Chat?.ApiTypes ?? (Embedding is null ? [] : EmbeddingCapabilities.ApiTypes);

    public static ServedModel ForChat(ModelCapabilities facts, string task = "llm/v1/chat") =>
        new() { Task = task, Chat = facts, Upstream = facts.Upstream };

    public static ServedModel ForEmbeddings(EmbeddingCapabilities facts) =>
        new() { Task = "llm/v1/embeddings", Embedding = facts, Upstream = facts.Upstream };

    public static ServedModel ForCompletions(string? upstream = null) => new() { Task = "llm/v1/completions", Upstream = upstream };

    public static ServedModel ForClassic(LinearModel facts) => new() { Classic = facts };
}
