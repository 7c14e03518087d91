using System.Net;
using System.Runtime.InteropServices;
using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.Comparison.Tests.Cases;

public class EmbeddingTests
{
    // No API of chat is involved.
    private static readonly AcceptedDifference ModelInPath = AcceptedDifferences.ModelInPath with { Api = null };

    [Fact]
    public Task Vectors_are_the_same_and_in_the_order_of_the_inputs() => SideBySide.RunAsync(
        [Vectors([1, 0.5f], [-2, 3e-7f])],
        async app =>
        {
            var embeddings = await Generator(app).GenerateAsync(["One.", "Two – 😀."]);
            return new { Vectors = embeddings.Select(one => one.Vector.ToArray()), embeddings.Usage?.InputTokenCount };
        },
        ModelInPath, AcceptedDifferences.EmbeddingFormat);

    [Fact]
    public Task Dimensions_are_sent() => SideBySide.RunAsync(
        [Vectors([1, 2])],
        async app => (await Generator(app).GenerateVectorAsync("One.", new EmbeddingGenerationOptions { Dimensions = 2 })).ToArray(),
        ModelInPath, AcceptedDifferences.EmbeddingFormat);

    [Fact]
    public Task A_failed_request_throws() => SideBySide.RunAsync(
        [Reply.Error(HttpStatusCode.BadRequest, "BAD_REQUEST", "No.")],
        async app => new { Type = (await Record.ExceptionAsync(() => Generator(app).GenerateAsync(["One."])))?.GetType().Name },
        ModelInPath, AcceptedDifferences.EmbeddingFormat, AcceptedDifferences.FailedClient);

    private static IEmbeddingGenerator<string, Embedding<float>> Generator(App app)
    {
        var builder = Kernel.CreateBuilder();
        app.Connector.AddEmbeddingGenerator(builder, app.Http);
        return builder.Build().GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
    }

    private static Reply Vectors(params float[][] vectors)
    {
        var data = vectors.Select((vector, index) => $$"""
            { "embedding": "{{Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector))}}", "object": "embedding", "index": {{index}} }
            """);
        return new($$"""
            { "usage": { "total_tokens": 4, "prompt_tokens": 4 }, "object": "list", "model": "served",
              "data": [ {{string.Join(',', data)}} ] }
            """);
    }
}
