using BenchmarkDotNet.Attributes;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>Scenarios that the OpenAI client does not support, or throws on.</summary>
public abstract class FloorAndConnector : ScenarioBenchmark
{
    [Benchmark(Baseline = true)]
    public Task Floor() => RunAsync(0);

    [Benchmark]
    public Task Connector() => RunAsync(1);
}
