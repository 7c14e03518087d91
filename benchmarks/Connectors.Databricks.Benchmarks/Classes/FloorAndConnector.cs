using BenchmarkDotNet.Attributes;
using Connectors.Databricks.Benchmarks.Measuring;
using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>Scenarios that the OpenAI client has no part in, or throws on.</summary>
[Config(typeof(BenchmarkConfig))]
public abstract class FloorAndConnector
{
    private Scenario _scenario = null!;

    [ParamsSource(nameof(Names))]
    public string Scenario { get; set; } = "";

    public abstract IEnumerable<string> Names { get; }

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        _scenario = Suite.New(Scenario);
        await _scenario.PrepareAsync();
        await _scenario.CheckAsync();
    }

    [Benchmark(Baseline = true)]
    public Task Floor() => RunAsync(0);

    [Benchmark]
    public Task Connector() => RunAsync(1);

    [GlobalCleanup]
    public async Task CleanUpAsync() => await _scenario.DisposeAsync();

    private protected Task RunAsync(int contender) => _scenario.Contenders[contender].Act();
}
