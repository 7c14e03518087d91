using BenchmarkDotNet.Attributes;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Measuring;
using Connectors.Databricks.Benchmarks.Service;

namespace Connectors.Databricks.Benchmarks;

/// <summary>A hundred texts become a hundred vectors of 1,024 numbers.</summary>
[Config(typeof(BenchmarkConfig))]
public class EmbeddingCall : IDisposable
{
    private HttpClient _http = null!;
    private FloorEmbedding _floor = null!;
    private ConnectorEmbedding _connector = null!;
    private OpenAIPackageEmbedding _openAI = null!;

    [Params(EmbeddingFormat.Numbers, EmbeddingFormat.Base64)]
    public EmbeddingFormat Format { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _http = new HttpClient(PreparedService.Whole(EmbeddingReplies.Document(Format)));
        _floor = new FloorEmbedding(_http, PreparedService.Host);
        _connector = new ConnectorEmbedding(_http);
        _openAI = new OpenAIPackageEmbedding(_http);
    }

    [Benchmark(Baseline = true)]
    public Task Floor() => _floor.EmbedAsync();

    [Benchmark]
    public Task Connector() => _connector.EmbedAsync();

    [Benchmark]
    public Task OpenAIPackage() => _openAI.EmbedAsync();

    [GlobalCleanup]
    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }
}
