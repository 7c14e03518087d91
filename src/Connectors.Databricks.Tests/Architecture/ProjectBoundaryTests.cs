namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Dependencies between the projects: the core, the adapter, the routes and the emulator.</summary>
public class ProjectBoundaryTests
{
    private const string Core = "src/Connectors.Databricks";
    private const string Emulator = "src/Connectors.Databricks.Emulator";

    [Fact]
    public void The_adapter_uses_public_types_only() => Rule.Holds(ProjectBoundaryRules.PackageUsesPublicTypes(Repository.Adapter));

    [Fact]
    public void The_routes_use_public_types_only() => Rule.Holds(ProjectBoundaryRules.PackageUsesPublicTypes(Repository.AspNetCore));

    [Fact]
    public void Nothing_else_references_ASP_NET_Core() => Rule.Holds(ProjectBoundaryRules.OthersIgnoreAspNetCore(
        [.. Repository.Core, .. Repository.Management, .. Repository.Adapter]));

    [Theory, InlineData("Microsoft.AspNetCore.Http"), InlineData("Connectors.Databricks.AspNetCore")]
    public void ASP_NET_Core_in_another_package_is_named(string name) => Assert.Single(
        ProjectBoundaryRules.OthersIgnoreAspNetCore([new SourceFile($"{Core}/Chat/A.cs", $"using {name};\n")]));

    [Fact]
    public void An_adapter_that_uses_an_internal_folder_of_the_core_is_named() =>
        Assert.Equal(
            ["src/Connectors.Databricks.SemanticKernel/A.cs:2: 'Connectors.Databricks.Chat' is internal to the core; "
                + "other packages use public types only."],
            ProjectBoundaryRules.PackageUsesPublicTypes([new SourceFile(
                "src/Connectors.Databricks.SemanticKernel/A.cs",
                "using Connectors.Databricks.SemanticKernel.Contents;\nusing Connectors.Databricks.Chat;\nusing " +
                "Connectors.Databricks;\n")]));

    [Fact]
    public void The_core_never_mentions_Semantic_Kernel() =>
        Rule.Holds(ProjectBoundaryRules.CoreIgnoresSemanticKernel([.. Repository.Core, .. Repository.Management]));

    [Fact]
    public void Semantic_Kernel_in_the_core_is_named()
    {
        var file = new SourceFile($"{Core}/Chat/A.cs", "using Microsoft.SemanticKernel;\n");

        Assert.Equal(
            [$"{Core}/Chat/A.cs:1: 'Microsoft.SemanticKernel' in the core; only the adapter references Semantic Kernel."],
            ProjectBoundaryRules.CoreIgnoresSemanticKernel([file]));
    }

    [Fact]
    public void The_emulator_does_not_reference_the_core() =>
        Rule.Holds(ProjectBoundaryRules.EmulatorIsIndependent(
            [
                .. Repository.Emulator, Repository.ProjectFile(Emulator), .. Repository.EmulatorSql,
                Repository.ProjectFile($"{Emulator}.Sql"),
            ]));

    [Fact]
    public void An_emulator_that_references_the_core_is_named()
    {
        SourceFile[] files =
        [
            new($"{Emulator}/A.cs", """
                using Connectors.Databricks.Emulator.Wire;
                using Connectors.Databricks.Wire;
                using Connectors.Databricks;
                """),
            new($"{Emulator}/A.csproj", """
                <InternalsVisibleTo Include="Connectors.Databricks.Tests" />
                <ProjectReference Include="../Connectors.Databricks/Connectors.Databricks.csproj" />
                <PackageReference Include="Connectors.Databricks" />
                <Compile Include="../Connectors.Databricks/Wire/Names.cs" />
                """),
        ];

        const string Why = "the emulator writes its own JSON.";
        Assert.Equal(
            [
                $"{Emulator}/A.cs:2: 'Connectors.Databricks.Wire' is the core's; {Why}",
                $"{Emulator}/A.cs:3: 'Connectors.Databricks' is the core's; {Why}",
                $"""{Emulator}/A.csproj:2: Include="../Connectors.Databricks/Connectors.Databricks.csproj" brings in the core; {Why}""",
                $"""{Emulator}/A.csproj:3: Include="Connectors.Databricks" brings in the core; {Why}""",
                $"""{Emulator}/A.csproj:4: Include="../Connectors.Databricks/Wire/Names.cs" brings in the core; {Why}""",
            ],
            ProjectBoundaryRules.EmulatorIsIndependent(files));
    }
}
