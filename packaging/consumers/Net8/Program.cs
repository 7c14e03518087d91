using Connectors.Databricks;
using Consumer;

// The workspace that the environment names: the emulator's program sets it.
await Scenario.RunAsync(DatabricksServingClient.FromEnvironment());
