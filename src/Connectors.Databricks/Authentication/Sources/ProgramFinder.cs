using Connectors.Databricks.Authentication.Platform;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>Finds a program as a shell would, in the folders of the PATH.</summary>
internal static class ProgramFinder
{
    /// <summary>Every file of one of the names on the PATH, in the PATH's order; never one of the current folder.</summary>
    public static IEnumerable<string> OnPath(IPlatform platform, params IReadOnlyList<string> names)
    {
        var separator = platform.IsWindows ? ';' : ':';
        foreach (var entry in (platform.Variable("PATH") ?? string.Empty).Split(separator, StringSplitOptions.RemoveEmptyEntries))
        {
            // Windows accepts quotes around a folder with spaces.
            var folder = platform.IsWindows ? entry.Trim('"') : entry;

            // A relative folder resolves to a different program in each working directory.
            if (!IsRooted(folder, platform))
            {
                continue;
            }

            foreach (var name in names)
            {
                var path = $"{folder.TrimEnd('/', '\\')}{(platform.IsWindows ? '\\' : '/')}{name}";
                if (platform.FileSize(path) is not null)
                {
                    yield return path;
                }
            }
        }
    }

    public static bool HasFolder(string path) =>
        path.Contains('/', StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal);

    // 'C:tools' is relative, too: to the current folder of that drive.
    private static bool IsRooted(string folder, IPlatform platform) =>
        platform.IsWindows ? folder is [_, ':', '\\' or '/', ..] or ['\\', '\\', ..] : folder.StartsWith('/');
}
