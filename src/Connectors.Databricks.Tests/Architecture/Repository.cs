namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Finds the sources that the rules read, from wherever the tests were built to.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Core => SourcesOf("src/Connectors.Databricks");

    public static IReadOnlyList<SourceFile> Management => SourcesOf("src/Connectors.Databricks.Management");

    public static IReadOnlyList<SourceFile> Adapter => SourcesOf("src/Connectors.Databricks.SemanticKernel");

    public static IReadOnlyList<SourceFile> AspNetCore => SourcesOf("src/Connectors.Databricks.AspNetCore");

    public static IReadOnlyList<SourceFile> Emulator => SourcesOf("src/Connectors.Databricks.Emulator");

    public static IReadOnlyList<SourceFile> EmulatorSql => SourcesOf("src/Connectors.Databricks.Emulator.Sql");

    /// <summary>All code that ships or is shown: everything but the tests.</summary>
    public static IReadOnlyList<SourceFile> Product =>
        [.. SourcesOf("src").Where(file => !file.Project.EndsWith(".Tests", StringComparison.Ordinal)), .. SourcesOf("samples")];

    /// <summary>All code, with the tests and the benchmarks.</summary>
    public static IReadOnlyList<SourceFile> Everything => [.. SourcesOf("src"), .. SourcesOf("samples"), .. SourcesOf("benchmarks")];

    public static IReadOnlyList<SourceFile> SourcesOf(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    /// <param name="folder">The folder of the project, such as <c>src/Connectors.Databricks</c>.</param>
    public static SourceFile ProjectFile(string folder) => Read($"{folder}/{folder.Split('/')[^1]}.csproj");

    public static SourceFile Read(string path) =>
        new(path, File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n"));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Connectors.Databricks.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds Connectors.Databricks.sln.");
    }
}
