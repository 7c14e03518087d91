using Connectors.Databricks.Benchmarks.Service;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>The product, with every default.</summary>
internal sealed class ConnectorEmbedding(HttpClient http) : IEmbeddingContender
{
    public const string EndpointName = "databricks-gte-large-en";

    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator = new DatabricksServingClient(new DatabricksServingOptions
    {
        Host = PreparedService.Host,
        Credential = DatabricksCredential.FromToken("dapi-benchmark"),
        HttpClient = http,
    }).GetEmbeddingGenerator(EndpointName);

    public string Name => "Connector";

    public async Task<EmbeddingOutcome> EmbedAsync() => Outcome(await _generator.GenerateAsync(EmbeddingReplies.Inputs));

    public static EmbeddingOutcome Outcome(GeneratedEmbeddings<Embedding<float>> all) =>
        new(i => all[i].Vector, all.Count, all.Usage?.InputTokenCount);
}
