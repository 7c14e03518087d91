using System.Reflection;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Emulator.Sql.Tests.Architecture;

public class InternalsOfTheEmulatorTests
{
    /// <summary>
    /// What the package uses of the emulator that is not public. Each entry ties both packages to one version; a new one needs a reason
    /// why the public API does not suffice.
    /// </summary>
    private static readonly string[] Approved =
    [
        "Connectors.Databricks.Emulator.DatabricksEmulator.AddApi",
        "Connectors.Databricks.Emulator.DatabricksEmulator.QueryModel",
        "Connectors.Databricks.Emulator.DatabricksEmulator.get_Clock",
        "Connectors.Databricks.Emulator.Extensions.EmulatedApiCall",
        "Connectors.Databricks.Emulator.Extensions.IEmulatedApi",
        "Connectors.Databricks.Emulator.Http.ApiErrorException",
        "Connectors.Databricks.Emulator.Http.BodyResponse",
        "Connectors.Databricks.Emulator.Http.LoopbackApplication", // The storage of the warehouse is a server of its own.
        "Connectors.Databricks.Emulator.Http.ServerResponse",
        "Connectors.Databricks.Emulator.Json.CompactJson",
        "Connectors.Databricks.Emulator.Json.JsonMembers",
    ];

    [Fact]
    public void The_package_uses_the_approved_internals_of_the_emulator() => Assert.Equal(
        Approved,
        InternalsUsed.Of(Assembly.Load("Connectors.Databricks.Emulator.Sql"), Assembly.Load("Connectors.Databricks.Emulator")));
}
