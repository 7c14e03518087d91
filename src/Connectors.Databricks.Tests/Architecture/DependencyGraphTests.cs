using Xunit.Abstractions;

namespace Connectors.Databricks.Tests.Architecture;

public class DependencyGraphTests(ITestOutputHelper output)
{
    private const string Project = "src/Connectors.Databricks.Emulator";

    /// <summary>The largest file cycle of the core may shrink, not grow.</summary>
    private const int LargestFileCycleOfTheCore = 9;

    /// <summary>A client and its parts.</summary>
    private const int LargestFileCycleOfManagement = 5;

    [Fact]
    public void The_folders_of_the_emulator_form_no_cycle()
    {
        var graph = DependencyGraph.OfFolders(Repository.Emulator);
        var cycle = graph.LargestCycle();
        output.WriteLine($"Largest folder cycle of the emulator: {Show(cycle)}");

        Rule.Holds(graph.Explain(cycle));
    }

    [Fact]
    public void The_folders_of_the_SQL_emulator_form_no_cycle()
    {
        var graph = DependencyGraph.OfFolders(Repository.EmulatorSql);

        Rule.Holds(graph.Explain(graph.LargestCycle()));
    }

    [Fact]
    public void The_tests_of_the_emulator_mirror_its_folders()
    {
        HashSet<string> folders = [.. Repository.Emulator.SelectMany(file => file.Folders.Take(1))];

        Rule.Holds(
            from file in Repository.SourcesOf("src/Connectors.Databricks.Tests/Emulator")
            where file.Folders is [_, var folder, ..] && !folders.Contains(folder)
            select $"{file.Path}:1: the emulator has no folder '{file.Folders[1]}'.");
    }

    [Fact]
    public void The_largest_file_cycle_of_the_core_does_not_grow()
    {
        var graph = DependencyGraph.OfFiles(Repository.Core);
        var cycle = graph.LargestCycle();
        output.WriteLine($"Largest file cycle of the core: {cycle.Count} files.");
        foreach (var dependency in graph.Explain(cycle))
        {
            output.WriteLine(dependency);
        }

        Assert.InRange(cycle.Count, 0, LargestFileCycleOfTheCore);
    }

    [Fact]
    public void The_folders_of_Management_form_no_cycle()
    {
        var graph = DependencyGraph.OfFolders(Repository.Management);
        var cycle = graph.LargestCycle();
        output.WriteLine($"Largest folder cycle of Management: {Show(cycle)}");

        Rule.Holds(graph.Explain(cycle));
    }

    [Fact]
    public void The_folders_of_AspNetCore_form_no_cycle()
    {
        var graph = DependencyGraph.OfFolders(Repository.AspNetCore);
        var cycle = graph.LargestCycle();
        output.WriteLine($"Largest folder cycle of AspNetCore: {Show(cycle)}");

        Rule.Holds(graph.Explain(cycle));
    }

    [Fact]
    public void The_files_of_AspNetCore_form_no_cycle()
    {
        var graph = DependencyGraph.OfFiles(Repository.AspNetCore);
        var cycle = graph.LargestCycle();

        Rule.Holds(graph.Explain(cycle));
    }

    [Fact]
    public void The_largest_file_cycle_of_Management_does_not_grow()
    {
        var graph = DependencyGraph.OfFiles(Repository.Management);
        var cycle = graph.LargestCycle();
        output.WriteLine($"Largest file cycle of Management: {cycle.Count} files.");
        foreach (var dependency in graph.Explain(cycle))
        {
            output.WriteLine(dependency);
        }

        Assert.InRange(cycle.Count, 0, LargestFileCycleOfManagement);
    }

    [Theory]
    [InlineData("src/Connectors.Databricks.Management", "Management")]
    [InlineData("src/Connectors.Databricks/Discovery", "Discovery")]
    public void The_tests_mirror_the_folders(string project, string tests)
    {
        var depth = project.EndsWith(tests, StringComparison.Ordinal) && tests == "Discovery" ? 1 : 0;
        HashSet<string> folders = [.. Repository.SourcesOf(project).SelectMany(file => file.Folders.Skip(depth).Take(1))];

        Rule.Holds(
            from file in Repository.SourcesOf($"src/Connectors.Databricks.Tests/{tests}")
            where file.Folders is [_, var folder, ..] && !folders.Contains(folder)
            select $"{file.Path}:1: {project} has no folder '{file.Folders[1]}'.");
    }

    [Fact]
    public void A_folder_cycle_is_found_and_explained()
    {
        var graph = DependencyGraph.OfFolders(
        [
            File("Emulator.cs", "", "class Emulator { Route route; }", "Http"),
            File("Http/Route.cs", "Http", "class Route { Chat chat; }", "Dialects"),
            File("Dialects/Chat.cs", "Dialects", "static class Chat { static void Write(this string text) { Http.Route route; } }", "Http"),
        ]);

        Assert.Equal(["Dialects", "Http"], graph.LargestCycle());
        Assert.Equal(
            [$"Dialects -> Http: {Project}/Dialects/Chat.cs uses Route", $"Http -> Dialects: {Project}/Http/Route.cs uses Chat"],
            graph.Explain(graph.LargestCycle()).Select(line => line));
    }

    [Fact]
    public void A_call_of_an_extension_method_is_a_dependency() =>
        Assert.Equal(
            ["Http", "Json"],
            DependencyGraph.OfFolders(
            [
                File("Json/Members.cs", "Json", "static class Members { static void Write(this string text) => new Route(); }", "Http"),
                File("Http/Route.cs", "Http", "class Route { void Send() => name.Write(); }", "Json"),
            ]).LargestCycle());

    [Fact]
    public void A_name_without_its_namespace_in_scope_and_a_comment_are_no_dependencies() =>
        Assert.Empty(DependencyGraph.OfFolders(
        [
            File("Chat/Turn.cs", "Chat", "class Turn { Route route; }", "Http"),
            File("Http/Route.cs", "Http", "class Route { int Turn; } // Turn", "Http"),
        ]).LargestCycle());

    private static string Show(IReadOnlyList<string> cycle) => cycle.Count == 0 ? "none" : string.Join(", ", cycle);

    private static SourceFile File(string path, string folder, string code, string opens)
    {
        var name = folder.Length == 0 ? "Connectors.Databricks.Emulator" : $"Connectors.Databricks.Emulator.{folder}";
        return new SourceFile($"{Project}/{path}", $"using Connectors.Databricks.Emulator.{opens};\nnamespace {name};\n{code}\n");
    }
}
