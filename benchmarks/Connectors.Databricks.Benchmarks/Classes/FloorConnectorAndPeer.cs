using BenchmarkDotNet.Attributes;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>Scenarios that the OpenAI client supports.</summary>
public abstract class FloorConnectorAndPeer : FloorAndConnector
{
    [Benchmark]
    public Task OpenAIClient() => RunAsync(2);
}
