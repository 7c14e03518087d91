using BenchmarkDotNet.Attributes;
using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>Chat through Semantic Kernel: its OpenAI connector is the baseline.</summary>
public class Kernels : ScenarioBenchmark
{
    public override IEnumerable<string> Names => Suite.Names("Semantic Kernel");

    [Benchmark(Baseline = true)]
    public Task KernelOpenAI() => RunAsync(0);

    [Benchmark]
    public Task KernelAdapter() => RunAsync(1);
}
