using Connectors.Databricks;
using Connectors.Databricks.Emulator;
using Consumer;

// The emulator comes from its package as well.
await using var emulator = await DatabricksEmulator.StartAsync();
await Scenario.RunAsync(new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token)));
