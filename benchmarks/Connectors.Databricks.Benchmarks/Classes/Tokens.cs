using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>A token that is at hand.</summary>
public class Tokens : FloorAndConnector
{
    public override IEnumerable<string> Names => Suite.Names("Token");
}
