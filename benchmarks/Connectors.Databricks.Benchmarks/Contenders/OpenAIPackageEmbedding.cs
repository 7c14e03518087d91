using System.ClientModel;
using System.ClientModel.Primitives;
using Connectors.Databricks.Benchmarks.Service;
using OpenAI;
using OpenAI.Embeddings;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>The official OpenAI package alone; an adapter to Microsoft.Extensions.AI would come on top.</summary>
internal sealed class OpenAIPackageEmbedding(HttpClient http, string[] inputs) : IEmbeddingContender
{
    private readonly EmbeddingClient _client = new(
        ConnectorEmbedding.EndpointName,
        new ApiKeyCredential("dapi-benchmark"),
        new OpenAIClientOptions
        {
            Endpoint = new Uri(PreparedService.Host, "/serving-endpoints"),
            Transport = new HttpClientPipelineTransport(http),
        });

    public string Name => "OpenAIPackage";

    public async Task<EmbeddingOutcome> EmbedAsync()
    {
        OpenAIEmbeddingCollection all = await _client.GenerateEmbeddingsAsync(inputs);

        // The package decodes when it is asked: without this line it would not have made the vectors.
        var vectors = all.Select(embedding => embedding.ToFloats()).ToArray();
        return new EmbeddingOutcome(i => vectors[i], vectors.Length, all.Usage.InputTokenCount);
    }
}
