namespace Connectors.Databricks.Tests.Architecture;

public class LayerTests
{
    private const string Core = "src/Connectors.Databricks";
    private const string Emulator = "src/Connectors.Databricks.Emulator";

    [Fact]
    public void Every_file_of_the_core_depends_on_lower_layers_only() => Rule.Holds(LayerRules.DependsOnLowerLayers(Repository.Core));

    [Theory]
    [InlineData("Chat/A.cs", "Embeddings", "Chat (layer 4) depends sideways on Embeddings (layer 4)")]
    [InlineData("Chat/A.cs", "Agents", "Chat (layer 4) depends sideways on Agents (layer 4)")]
    [InlineData("Discovery/Profiles/A.cs", "Chat", "Discovery (layer 4) depends sideways on Chat (layer 4)")]
    [InlineData("Transport/A.cs", "Models", "Transport (layer 2) depends upward on Models (layer 3)")]
    [InlineData("Models/A.cs", "Surfaces", "Models (layer 3) depends sideways on Surfaces (layer 3)")]
    [InlineData("Models/Table/A.cs", "Predictions", "Models (layer 3) depends upward on Predictions (layer 4)")]
    [InlineData("Authentication/A.cs", "Transport", "Authentication (layer 1) depends upward on Transport (layer 2)")]
    [InlineData("Wire/A.cs", "Authentication", "Wire (layer 0) depends upward on Authentication (layer 1)")]
    [InlineData("DatabricksCredential.cs", "Authentication", "Root (layer 0) depends upward on Authentication (layer 1)")]
    [InlineData("Options/A.cs", "Models", "Options (layer 0) depends upward on Models (layer 3)")]
    [InlineData("ModelRecords/A.cs", "Models", "ModelRecords (layer 0) depends upward on Models (layer 3)")]
    public void A_using_upward_or_sideways_is_named_with_its_line(string path, string folder, string complaint)
    {
        var file = new SourceFile($"{Core}/{path}", $"using System;\nusing Connectors.Databricks.{folder};\n");

        Assert.Equal([$"{Core}/{path}:2: {complaint}; a file depends on lower layers only."], LayerRules.DependsOnLowerLayers([file]));
    }

    [Theory]
    [InlineData("DatabricksServingClient.cs", "Chat")]
    [InlineData("DatabricksServingClientBuilder.cs", "Transport")]
    [InlineData("DatabricksServiceCollectionExtensions.cs", "Embeddings")]
    [InlineData("DatabricksHealthChecksBuilderExtensions.cs", "Discovery.Documents")]
    [InlineData("Chat/A.cs", "Chat")]
    [InlineData("Agents/Runs/A.cs", "Chat.Requests")]
    [InlineData("Chat/A.cs", "Models")]
    [InlineData("Chat/A.cs", "Transport")]
    [InlineData("Transport/A.cs", "Authentication")]
    [InlineData("Authentication/A.cs", "Wire")]
    [InlineData("DatabricksServingException.cs", "Wire")]
    public void A_using_downward_is_allowed(string path, string folder)
    {
        var file = new SourceFile($"{Core}/{path}", $"using Connectors.Databricks.{folder};\n");

        Assert.Empty(LayerRules.DependsOnLowerLayers([file]));
    }

    [Theory]
    [InlineData("using static Connectors.Databricks.Chat.B;")]
    [InlineData("using B = Connectors.Databricks.Chat.B;")]
    [InlineData("var b = new global::Connectors.Databricks.Chat.B();")]
    [InlineData("var b = new Chat.B();")]
    public void A_dependency_upward_is_found_however_the_name_is_written(string code)
    {
        SourceFile[] files =
        [
            new($"{Core}/Transport/A.cs", $"namespace Connectors.Databricks.Transport;\n{code}\n"),
            new($"{Core}/Chat/B.cs", "namespace Connectors.Databricks.Chat;\ninternal sealed record B;\n"),
        ];

        Assert.Equal(
            [$"{Core}/Transport/A.cs:2: Transport (layer 2) depends upward on Chat (layer 4); a file depends on lower layers only."],
            LayerRules.DependsOnLowerLayers(files));
    }

    [Theory]
    [InlineData("Transport/A.cs", "DatabricksServingClient", "Transport (layer 2) depends upward on DatabricksServingClient (layer 5)")]
    [InlineData(
        "Authentication/A.cs", "DatabricksPredictionInput",
        "Authentication (layer 1) depends upward on DatabricksPredictionInput (layer 4)")]
    [InlineData("Models/A.cs", "EndpointProfile", "Models (layer 3) depends upward on EndpointProfile (layer 4)", "Discovery/")]
    [InlineData("Options/A.cs", "DatabricksPredictionInput", "Options (layer 0) depends upward on DatabricksPredictionInput (layer 4)")]
    [InlineData(
        "DatabricksServingException.cs", "DatabricksServingClient", "Root (layer 0) depends upward on DatabricksServingClient (layer 5)")]
    public void A_use_of_a_root_type_above_is_named_with_its_line(string path, string type, string complaint, string folder = "")
    {
        SourceFile[] files =
        [
            new($"{Core}/{path}", $"namespace Connectors.Databricks;\n// {type}\nvar a = new {type}();\n"),
            new($"{Core}/{folder}{type}.cs", $"namespace Connectors.Databricks;\npublic class {type};\n"),
        ];

        Assert.Equal([$"{Core}/{path}:3: {complaint}; a file depends on lower layers only."], LayerRules.DependsOnLowerLayers(files));
    }

    [Theory]
    [InlineData("Hosting/A.cs", "DatabricksServingClient")]
    [InlineData("Discovery/A.cs", "DatabricksModelCapabilities")]
    [InlineData("Transport/A.cs", "DatabricksServingOptions")]
    public void A_use_of_a_root_type_below_is_allowed(string path, string type) =>
        Assert.Empty(LayerRules.DependsOnLowerLayers(
        [
            new($"{Core}/{path}", $"namespace Connectors.Databricks;\nvar a = new {type}();\n"),
            new($"{Core}/{type}.cs", $"namespace Connectors.Databricks;\npublic class {type};\n"),
        ]));

    [Theory]
    [InlineData("// Connectors.Databricks.Chat reads this.")]
    [InlineData("/* see\n Connectors.Databricks.Chat */")]
    [InlineData("""var a = "Connectors.Databricks.Chat";""")]
    [InlineData("""var a = @"\"; var b = "Connectors.Databricks.Chat";""")]
    [InlineData(""""var a = """ " Connectors.Databricks.Chat """;"""")]
    [InlineData("var quote = '\"'; // Connectors.Databricks.Chat \"")]
    [InlineData("var count = Chat.Count;")]
    public void Prose_literals_and_members_that_share_a_name_with_a_folder_are_no_dependency(string code)
    {
        var file = new SourceFile($"{Core}/Transport/A.cs", code + "\n");

        Assert.Empty(LayerRules.DependsOnLowerLayers([file]));
    }

    [Fact]
    public void A_folder_without_a_layer_is_named()
    {
        var file = new SourceFile($"{Core}/Attic/A.cs", "namespace Connectors.Databricks.Attic;\n");

        Assert.Equal(
            [$"{Core}/Attic/A.cs:1: folder 'Attic' has no layer; give it one in LayerRules and in the architecture page."],
            LayerRules.DependsOnLowerLayers([file]));
    }

    [Fact]
    public void The_chunk_templates_have_one_entry_point() => Rule.Holds(LayerRules.TemplatesHaveOneEntryPoint(Repository.Core));

    [Fact]
    public void A_use_of_chunk_templates_past_their_entry_point_is_named()
    {
        const string Inbound = $"{Core}/Chat/Completions/Inbound";
        SourceFile[] files =
        [
            new($"{Inbound}/Templates/A.cs", "class ChunkTemplate; class SharedTemplate; struct ChunkTemplateReader;\n"),
            new($"{Inbound}/B.cs", "var a = new ChunkTemplateReader();\nvar b = new ChunkTemplate();\nSharedTemplate? c;\n"),
            new($"{Core}/Chat/C.cs", "SharedTemplate? a;\nChunkTemplate? b;\n"),
        ];

        const string Why = "is internal to the chunk templates; use ChunkTemplateReader.";
        Assert.Equal(
            [
                $"{Inbound}/B.cs:2: 'ChunkTemplate' {Why}", $"{Inbound}/B.cs:3: 'SharedTemplate' {Why}",
                $"{Core}/Chat/C.cs:2: 'ChunkTemplate' {Why}",
            ],
            LayerRules.TemplatesHaveOneEntryPoint(files));
    }

    [Fact]
    public void No_folder_of_the_core_is_opened_globally() =>
        Rule.Holds(LayerRules.OpensNoFolderGlobally(
            [.. Repository.Core, Repository.ProjectFile(Core), .. Repository.Management, Repository.ProjectFile($"{Core}.Management")]));

    [Fact]
    public void A_folder_opened_globally_is_named()
    {
        SourceFile[] files =
        [
            new($"{Core}/Usings.cs", "global using Connectors.Databricks.Wire;\n"),
            new($"{Core}/A.csproj", """<Using Include="Connectors.Databricks.Wire" />"""),
        ];

        const string Why = "opens a folder to every file; a using belongs to the file that needs it.";
        Assert.Equal(
            [
                $"{Core}/Usings.cs:1: 'global using Connectors.Databricks.Wire' {Why}",
                $"""{Core}/A.csproj:1: '<Using Include="Connectors.Databricks.Wire" />' {Why}""",
            ],
            LayerRules.OpensNoFolderGlobally(files));
    }

    [Fact]
    public void Only_Transport_mentions_Polly() => Rule.Holds(
        LayerRules.PollyStaysInTransport([.. Repository.Core, .. Repository.Management]));

    [Fact]
    public void Polly_outside_Transport_is_named()
    {
        SourceFile[] files =
        [
            new($"{Core}/Chat/A.cs", "using System;\nusing Polly.Retry;\n"),
            new($"{Core}/Transport/B.cs", "using Polly;\n"),
            new($"{Core}/Chat/C.cs", "// Polly would do.\n"),
            new($"{Core}/DatabricksResilienceOptions.cs", "using Microsoft.Extensions.Http.Resilience;\n"),
            new($"{Core}/Options.cs", "using Microsoft.Extensions.Http.Resilience;\n"),
        ];

        const string Why = "outside Transport and the resilience options; retries and timeouts belong there.";
        Assert.Equal(
            [$"{Core}/Chat/A.cs:2: 'Polly' {Why}", $"{Core}/Options.cs:1: 'Http.Resilience' {Why}"],
            LayerRules.PollyStaysInTransport(files));
    }

    [Fact]
    public void Only_composition_mentions_dependency_injection_options_and_configuration() =>
        Rule.Holds(LayerRules.HostingStaysInComposition([.. Repository.Core, .. Repository.Management]));

    [Theory]
    [InlineData("Microsoft.Extensions.DependencyInjection")]
    [InlineData("Microsoft.Extensions.Options")]
    [InlineData("Microsoft.Extensions.Configuration")]
    public void Hosting_below_composition_is_named(string mention)
    {
        SourceFile[] files =
        [
            new($"{Core}/DatabricksServingOptions.cs", $"using {mention};\n"),
            new($"{Core}/DatabricksServiceCollectionExtensions.cs", $"using {mention};\n"),
        ];

        Assert.Equal(
            [$"{Core}/DatabricksServingOptions.cs:1: '{mention}' below layer 5; only composition registers services."],
            LayerRules.HostingStaysInComposition(files));
    }

    [Fact]
    public void The_sources_are_really_read() =>
        Assert.Contains(
            Repository.SourcesOf("src/Connectors.Databricks.Tests"),
            file => file.Path == "src/Connectors.Databricks.Tests/Architecture/LayerTests.cs"
                && file.Text.Contains(nameof(The_sources_are_really_read), StringComparison.Ordinal));
}
