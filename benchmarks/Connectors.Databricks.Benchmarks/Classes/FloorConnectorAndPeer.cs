using BenchmarkDotNet.Attributes;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>Scenarios that the OpenAI package survives.</summary>
public abstract class FloorConnectorAndPeer : FloorAndConnector
{
    [Benchmark]
    public Task OpenAIPackage() => RunAsync(2);
}
