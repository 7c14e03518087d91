using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>Tokens from the token cache.</summary>
public class Tokens : FloorAndConnector
{
    public override IEnumerable<string> Names => Suite.Names("Token");
}
