using System.Buffers;

namespace Connectors.Databricks.Authentication.Platform;

/// <summary>
/// Builds the command line of a batch file. cmd.exe interprets many characters even inside quotes, so only arguments without any of them
/// are accepted.
/// </summary>
internal static class BatchFile
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\"%!^&|<>\r\n");

    public static bool IsOne(string path)
    {
        // Windows ignores trailing dots and spaces of a path and still finds the batch file.
        var name = path.AsSpan().TrimEnd(" .");
        return name.EndsWith(".cmd", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".bat", StringComparison.OrdinalIgnoreCase);
    }

    /// <exception cref="ArgumentException">The path or an argument contains characters that cmd.exe interprets.</exception>
    public static string CommandLine(ProgramCall call)
    {
        if (call.Path.AsSpan().ContainsAny(Special))
        {
            throw new ArgumentException($"The path '{call.Path}' contains characters that cmd.exe interprets.");
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Length == 0 || !argument.All(IsPlain))
            {
                throw new ArgumentException(
                    $"'{argument}' cannot be passed to '{call.Path}': only letters, digits and ._:/@=,- are safe on its command line.");
            }
        }

        // /d: no AutoRun commands. /s: only the outer quotes are removed.
        return $"/d /s /c \"\"{call.Path}\" {string.Join(' ', call.Arguments)}\"";
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '/' or '@' or '=' or ',' or '-';
}
