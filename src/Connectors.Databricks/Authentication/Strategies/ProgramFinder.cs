using Connectors.Databricks.Authentication.Outside;

namespace Connectors.Databricks.Authentication.Strategies;

/// <summary>Finds a program as a shell would, in the folders of the PATH.</summary>
internal static class ProgramFinder
{
    /// <summary>Every file of one of the names on the PATH, in the PATH's order; never one of the current folder.</summary>
    public static IEnumerable<string> OnPath(ISurroundings surroundings, params IReadOnlyList<string> names)
    {
        var separator = surroundings.IsWindows ? ';' : ':';
        foreach (var entry in (surroundings.Variable("PATH") ?? string.Empty).Split(separator, StringSplitOptions.RemoveEmptyEntries))
        {
            // Windows takes quotes around a folder with blanks.
            var folder = surroundings.IsWindows ? entry.Trim('"') : entry;

            // A relative folder means another program in each working directory.
            if (!IsRooted(folder, surroundings))
            {
                continue;
            }

            foreach (var name in names)
            {
                var path = $"{folder.TrimEnd('/', '\\')}{(surroundings.IsWindows ? '\\' : '/')}{name}";
                if (surroundings.FileSize(path) is not null)
                {
                    yield return path;
                }
            }
        }
    }

    public static bool HasFolder(string path) => path.Contains('/', StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal);

    // 'C:tools' is relative, too: to the current folder of that drive.
    private static bool IsRooted(string folder, ISurroundings surroundings) =>
        surroundings.IsWindows ? folder is [_, ':', '\\' or '/', ..] or ['\\', '\\', ..] : folder.StartsWith('/');
}
