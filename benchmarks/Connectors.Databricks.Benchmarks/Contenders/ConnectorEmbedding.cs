using Connectors.Databricks.Benchmarks.Service;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>The product, with every default.</summary>
internal sealed class ConnectorEmbedding(HttpClient http, string[] inputs) : IEmbeddingContender
{
    public const string EndpointName = "databricks-gte-large-en";

    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator =
        ConnectorChat.NewServing(http, PreparedService.Host).GetEmbeddingGenerator(EndpointName);

    public string Name => "Connector";

    public async Task<EmbeddingOutcome> EmbedAsync() => Outcome(await _generator.GenerateAsync(inputs));

    public static EmbeddingOutcome Outcome(GeneratedEmbeddings<Embedding<float>> all) =>
        new(i => all[i].Vector, all.Count, all.Usage?.InputTokenCount);
}
