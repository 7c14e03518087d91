using System.Reflection;

namespace Connectors.Databricks.Packaging.Tests;

/// <summary>Where the packages and the files of the repository are.</summary>
internal static class Repository
{
    public static string Root { get; } = BuildProperty("RepositoryRoot");

    public static string PackageFolder { get; } = BuildProperty("PackageFolder");

    public static string PackageVersion { get; } = BuildProperty("PackageVersion");

    public static string ProjectUrl { get; } = BuildProperty("ProjectUrl");

    /// <summary>The ids that a package must exist for: every project of src that is no test.</summary>
    public static IReadOnlyList<string> PackageIds { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => !name.EndsWith(".Tests", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static string PathOf(string file) => Path.Combine(Root, file);

    private static string BuildProperty(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
