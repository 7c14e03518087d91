using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>A request with an image of 10 MB.</summary>
public class Images : FloorAndConnector
{
    public override IEnumerable<string> Names => Suite.Names("Chat, image");
}
