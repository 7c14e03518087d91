using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>
/// Streams on which the OpenAI client for chat throws: counts that are null, reasoning in arrays, and the events of the Responses API.
/// </summary>
public class Dialects : FloorAndConnector
{
    public override IEnumerable<string> Names => [.. Suite.Names("Claude"), .. Suite.Names("Reasoning"), .. Suite.Names("Responses")];
}
