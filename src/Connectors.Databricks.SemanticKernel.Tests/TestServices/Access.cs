using Connectors.Databricks.Emulator;
using Microsoft.Extensions.Configuration;

namespace Connectors.Databricks.SemanticKernel.Tests.TestServices;

/// <summary>What an app says of its workspace, when the workspace is an emulator.</summary>
internal static class Access
{
    public static DatabricksCredential Credential(DatabricksEmulator emulator) => DatabricksCredential.FromToken(emulator.Token);

    public static IConfigurationSection Section(DatabricksEmulator emulator) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Databricks:Host"] = emulator.Host.ToString(),
            ["Databricks:Authentication:Token"] = emulator.Token,
        })
        .Build().GetSection("Databricks");
}
