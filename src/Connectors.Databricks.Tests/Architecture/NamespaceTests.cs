namespace Connectors.Databricks.Tests.Architecture;

public class NamespaceTests
{
    private const string Core = "src/Connectors.Databricks";
    private const string Emulator = "src/Connectors.Databricks.Emulator";

    [Fact]
    public void A_namespace_is_the_path_of_its_folder() =>
        Rule.Holds(LayerRules.NamespaceIsFolder(
            [
                .. Repository.Core, .. Repository.Management, .. Repository.Adapter, .. Repository.AspNetCore, .. Repository.Emulator,
                .. Repository.EmulatorSql,
            ]));

    [Fact]
    public void A_namespace_that_is_not_its_folder_is_named()
    {
        SourceFile[] files =
        [
            new($"{Core}/Chat/Right.cs", "namespace Connectors.Databricks.Chat;\nclass A;\n"),
            new($"{Core}/Chat/Wrong.cs", "using System;\nnamespace Connectors.Databricks;\nclass A;\n"),
            new($"{Core}/Block.cs", "namespace Connectors.Databricks\n{\n}\n"),
            new($"{Core}/None.cs", "class A;\n"),
            new($"{Core}.SemanticKernel/DatabricksKernelPluginExtensions.cs", "namespace Microsoft.SemanticKernel;\nclass A;\n"),
            new($"{Core}.SemanticKernel/DatabricksKernelPlugin.cs", "namespace Microsoft.SemanticKernel;\nclass A;\n"),
            new($"{Emulator}/Program.cs", "return;\n"),
            new($"{Emulator}/Options/Right.cs", "namespace Connectors.Databricks.Emulator;\nclass A;\n"),
            new($"{Core}.Management/Metrics/Public.cs", "namespace Connectors.Databricks.Management;\npublic sealed class A;\n"),
            new($"{Core}.Management/Metrics/Internal.cs",
                "namespace Connectors.Databricks.Management.Metrics;\ninternal sealed class B;\n"),
            new($"{Core}.Management/Metrics/Wrong.cs", "namespace Connectors.Databricks.Management;\ninternal sealed class C;\n"),
        ];

        Assert.Equal(
            [
                $"{Core}/Chat/Wrong.cs:2: expected 'namespace Connectors.Databricks.Chat;', found 'namespace Connectors.Databricks;'.",
                $"{Core}/Block.cs:1: expected 'namespace Connectors.Databricks;', found 'namespace Connectors.Databricks'.",
                $"{Core}/None.cs:1: expected 'namespace Connectors.Databricks;', found none.",
                $"{Core}.SemanticKernel/DatabricksKernelPlugin.cs:1: expected 'namespace Connectors.Databricks.SemanticKernel;', " +
                "found 'namespace Microsoft.SemanticKernel;'.",
                $"{Core}.Management/Metrics/Wrong.cs:1: expected 'namespace Connectors.Databricks.Management.Metrics;', " +
                "found 'namespace Connectors.Databricks.Management;'.",
            ],
            LayerRules.NamespaceIsFolder(files));
    }
}
