using BenchmarkDotNet.Attributes;
using Connectors.Databricks.Benchmarks.Measuring;
using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>A benchmark with a method for each contender of its scenarios.</summary>
[Config(typeof(BenchmarkConfig))]
public abstract class ScenarioBenchmark
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

    [GlobalCleanup]
    public async Task CleanUpAsync() => await _scenario.DisposeAsync();

    private protected Task RunAsync(int contender) => _scenario.Contenders[contender].Act();
}
