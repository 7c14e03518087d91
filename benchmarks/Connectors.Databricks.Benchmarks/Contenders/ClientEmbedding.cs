using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>The vectors of an embedding generator.</summary>
internal sealed class ClientEmbedding(
    string name, IEmbeddingGenerator<string, Embedding<float>> generator, string[] inputs) : IEmbeddingContender
{
    public string Name => name;

    public async Task<EmbeddingOutcome> EmbedAsync() => Outcome(await generator.GenerateAsync(inputs));

    public static EmbeddingOutcome Outcome(GeneratedEmbeddings<Embedding<float>> all) =>
        new(i => all[i].Vector, all.Count, all.Usage?.InputTokenCount);
}
