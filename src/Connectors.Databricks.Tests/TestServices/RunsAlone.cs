namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Tests that measure the whole process: no other test runs concurrently.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public class RunsAlone;
