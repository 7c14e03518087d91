using System.Reflection;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Emulator.Sql.Tests.Architecture;

public class PackageSurfaceTests
{
    private const string Package = "Connectors.Databricks.Emulator.Sql";

    private static readonly PublicApiApproval OnFile = new(
        Path.Combine(Repository.Root, $"src/{Package}.Tests/Architecture"),
        approves: Environment.GetEnvironmentVariable(PublicApiApproval.Variable) == "1");

    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        var complaint = OnFile.Check(Package, PublicApi.Of(Assembly.Load(Package)));

        Assert.True(complaint is null, complaint);
    }
}
