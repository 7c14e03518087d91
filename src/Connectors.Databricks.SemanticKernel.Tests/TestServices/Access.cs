using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.SemanticKernel.Tests.TestServices;

/// <summary>What an app says of its workspace, when the workspace is an emulator.</summary>
internal static class Access
{
    public static DatabricksCredential Credential(DatabricksEmulator emulator) => DatabricksCredential.FromToken(emulator.Token);
}
