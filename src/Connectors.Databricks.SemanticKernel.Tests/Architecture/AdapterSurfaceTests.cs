using System.Reflection;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.SemanticKernel.Tests.Architecture;

public class AdapterSurfaceTests
{
    private const string Adapter = "Connectors.Databricks.SemanticKernel";

    private static readonly PublicApiApproval OnFile = new(
        Path.Combine(Repository.Root, $"src/{Adapter}.Tests/Architecture"),
        approves: Environment.GetEnvironmentVariable(PublicApiApproval.Variable) == "1");

    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        var complaint = OnFile.Check(Adapter, PublicApi.Of(Assembly.Load(Adapter)));

        Assert.True(complaint is null, complaint);
    }

    [Fact]
    public void A_public_type_is_at_the_project_root_in_a_file_of_its_name()
    {
        var files = Repository.Adapter.ToLookup(file => file.Name, StringComparer.Ordinal);

        Assert.All(Assembly.Load(Adapter).GetExportedTypes(), type => Assert.Empty(Assert.Single(files[$"{type.Name}.cs"]).Folders));
    }
}
