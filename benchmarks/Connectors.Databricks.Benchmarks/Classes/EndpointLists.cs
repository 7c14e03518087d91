using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>A thousand endpoints are listed and classified.</summary>
public class EndpointLists : FloorAndConnector
{
    public override IEnumerable<string> Names => Suite.Names("Endpoints");
}
