using System.Globalization;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Embeddings;

/// <summary>Counts what the whole process allocates, so nothing else may run meanwhile.</summary>
[Collection(nameof(RunsAlone))]
public class MemoryTests
{
    private const int Inputs = 10_000;
    private const int AtOnce = 4;

    /// <summary>Buffers, connections, messages: a tenth of them would do, and reading one body whole takes more.</summary>
    private const long Constant = 8 * 1024 * 1024;

    [Fact]
    public async Task Ten_thousand_texts_come_in_order_and_take_the_memory_of_their_vectors()
    {
        await using var service = new LoopbackVectors(AtOnce);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce }) { Timeout = Timeout.InfiniteTimeSpan };
        var options = new VerbatimService().Options(options => (options.Host, options.HttpClient) = (service.Host, http));
        var generator = new DatabricksServingClient(options).GetEmbeddingGenerator("some-endpoint");
        string[] texts = [.. Enumerable.Range(0, Inputs).Select(i => i.ToString("D5", CultureInfo.InvariantCulture))];

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var all = await generator.GenerateAsync(texts);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal(Enumerable.Range(0, Inputs).Select(i => i / 100_000f), all.Select(embedding => embedding.Vector.Span[0]));
        Assert.All(all, embedding => Assert.Equal(MathF.Sin(1023), embedding.Vector.Span[1023]));
        Assert.Equal(Inputs, all.Usage!.InputTokenCount);
        long vectors = Inputs * LoopbackVectors.Dimensions * sizeof(float);
        Assert.InRange(allocated, vectors, (vectors * 21 / 20) + Constant);
    }
}
