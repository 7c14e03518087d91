using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>Ten thousand texts, a hundred in a request, four requests at a time.</summary>
public class ManyTexts : FloorAndConnector
{
    public override IEnumerable<string> Names => Suite.Names("Embeddings, 10,000");
}
