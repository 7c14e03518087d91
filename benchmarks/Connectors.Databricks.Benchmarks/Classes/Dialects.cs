using BenchmarkDotNet.Attributes;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Measuring;
using Connectors.Databricks.Benchmarks.Service;

namespace Connectors.Databricks.Benchmarks;

/// <summary>
/// Streams whose chunks put what explains a member behind it, or carry text in arrays. The OpenAI package is not here: it throws on
/// counts that are null and on reasoning arrays.
/// </summary>
[Config(typeof(BenchmarkConfig))]
public class StreamingDialects : IDisposable
{
    private HttpClient _http = null!;
    private FloorStream _floor = null!;
    private ConnectorStream _connector = null!;

    [Params(StreamDialect.Claude, StreamDialect.Reasoning)]
    public StreamDialect Dialect { get; set; }

    [Params(1_000)]
    public int Deltas { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _http = new HttpClient(PreparedService.Streaming(Replies.Stream(Dialect, Deltas)));
        _floor = new FloorStream(_http, PreparedService.Host);
        _connector = new ConnectorStream(_http);
    }

    [Benchmark(Baseline = true)]
    public Task Floor() => _floor.ReadAsync(new Tally());

    [Benchmark]
    public Task Connector() => _connector.ReadAsync(new Tally());

    [GlobalCleanup]
    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }
}
