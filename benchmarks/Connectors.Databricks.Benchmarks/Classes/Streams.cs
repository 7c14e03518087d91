using BenchmarkDotNet.Attributes;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Measuring;
using Connectors.Databricks.Benchmarks.Service;

namespace Connectors.Databricks.Benchmarks;

/// <summary>A streamed answer in the Llama dialect, read to its end.</summary>
[Config(typeof(BenchmarkConfig))]
public class StreamingDeltas : IDisposable
{
    private HttpClient _http = null!;
    private FloorStream _floor = null!;
    private ConnectorStream _connector = null!;
    private OpenAIPackageStream _openAI = null!;

    [Params(100, 1_000, 10_000)]
    public int Deltas { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _http = new HttpClient(PreparedService.Streaming(Replies.LlamaStream(Deltas)));
        _floor = new FloorStream(_http, PreparedService.Host);
        _connector = new ConnectorStream(_http);
        _openAI = new OpenAIPackageStream(_http);
    }

    [Benchmark(Baseline = true)]
    public Task Floor() => _floor.ReadAsync(new Tally());

    [Benchmark]
    public Task Connector() => _connector.ReadAsync(new Tally());

    [Benchmark]
    public Task OpenAIPackage() => _openAI.ReadAsync(new Tally());

    [GlobalCleanup]
    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }
}
