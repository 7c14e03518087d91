using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>Streamed responses in the Llama dialect, and a streamed tool call.</summary>
public class Streams : FloorConnectorAndPeer
{
    public override IEnumerable<string> Names => [.. Suite.Names("Llama"), .. Suite.Names("Tool call")];
}
