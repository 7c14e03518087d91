using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>A hundred texts become a hundred vectors of 1,024 numbers.</summary>
public class Embeddings : FloorConnectorAndPeer
{
    public override IEnumerable<string> Names => Suite.Names("Embeddings, ").Except(Suite.Names("Embeddings, 10,000"));
}
