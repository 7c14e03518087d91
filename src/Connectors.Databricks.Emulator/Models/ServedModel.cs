namespace Connectors.Databricks.Emulator.Models;

/// <summary>What one served entity runs, and so which surface answers for it.</summary>
internal sealed record ServedModel
{
    /// <summary>The task of an endpoint that serves it (§8.1); null for classic models and features.</summary>
    public string? Task { get; init; }

    /// <summary>The name its answers carry in <c>model</c>; null takes the endpoint's.</summary>
    public string? Upstream { get; init; }

    public ModelFacts? Chat { get; init; }

    public EmbeddingFacts? Embedding { get; init; }

    public ClassicFacts? Classic { get; init; }

    public bool LooksUpFeatures { get; init; }

    public static ServedModel OfChat(ModelFacts facts, string task = "llm/v1/chat") =>
        new() { Task = task, Chat = facts, Upstream = facts.Upstream };

    public static ServedModel OfEmbeddings(EmbeddingFacts facts) =>
        new() { Task = "llm/v1/embeddings", Embedding = facts, Upstream = facts.Upstream };

    public static ServedModel OfCompletions(string? upstream = null) => new() { Task = "llm/v1/completions", Upstream = upstream };

    public static ServedModel OfClassic(ClassicFacts facts) => new() { Classic = facts };
}
