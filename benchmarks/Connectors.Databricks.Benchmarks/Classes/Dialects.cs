using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Classes;

/// <summary>Streams on which the OpenAI client throws: counts that are null, and reasoning in arrays.</summary>
public class Dialects : FloorAndConnector
{
    public override IEnumerable<string> Names => [.. Suite.Names("Claude"), .. Suite.Names("Reasoning")];
}
