using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>Calls with one response body.</summary>
public class Chats : FloorConnectorAndPeer
{
    public override IEnumerable<string> Names => Suite.Names("Chat, ").Except(Suite.Names("Chat, image"));
}
