using BenchmarkDotNet.Attributes;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Measuring;
using Connectors.Databricks.Benchmarks.Service;

namespace Connectors.Databricks.Benchmarks;

/// <summary>A chat call that is answered by one body: the request is written, the answer is read.</summary>
[Config(typeof(BenchmarkConfig))]
public class ChatCall : IDisposable
{
    private HttpClient _http = null!;
    private FloorChat _floor = null!;
    private ConnectorChat _connector = null!;
    private OpenAIPackageChat _openAI = null!;

    /// <summary>Whether fifty messages and three tools go out, or one question.</summary>
    [Params(false, true)]
    public bool History { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var messages = History ? Conversations.History() : Conversations.Question();
        var options = History ? Conversations.Tools() : null;
        _http = new HttpClient(PreparedService.Whole(Replies.Document()));
        _floor = new FloorChat(_http, PreparedService.Host, messages, options);
        _connector = new ConnectorChat(_http, messages, options);
        _openAI = new OpenAIPackageChat(_http, messages, options);
    }

    [Benchmark(Baseline = true)]
    public Task Floor() => _floor.CallAsync();

    [Benchmark]
    public Task Connector() => _connector.CallAsync();

    [Benchmark]
    public Task OpenAIPackage() => _openAI.CallAsync();

    [GlobalCleanup]
    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }
}
