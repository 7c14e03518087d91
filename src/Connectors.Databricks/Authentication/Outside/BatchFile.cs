using System.Buffers;

namespace Connectors.Databricks.Authentication.Outside;

/// <summary>
/// The command line of a batch file. Windows' command interpreter gives many characters a meaning that quotes do not take away, so only
/// arguments without any of them are let through.
/// </summary>
internal static class BatchFile
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\"%!^&|<>\r\n");

    public static bool IsOne(string path)
    {
        // Windows drops dots and spaces at the end of a path, and finds the batch file behind it.
        var name = path.AsSpan().TrimEnd(" .");
        return name.EndsWith(".cmd", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".bat", StringComparison.OrdinalIgnoreCase);
    }

    /// <exception cref="ArgumentException">The path or an argument has characters that the interpreter would act on.</exception>
    public static string CommandLine(ProgramCall call)
    {
        if (call.Path.AsSpan().ContainsAny(Special))
        {
            throw new ArgumentException($"The path '{call.Path}' has characters that Windows' command interpreter would act on.");
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Length == 0 || !argument.All(IsPlain))
            {
                throw new ArgumentException(
                    $"'{argument}' cannot be given to '{call.Path}': only letters, digits and ._:/@=,- are safe on its command line.");
            }
        }

        // /d: no AutoRun commands. /s: the outer quotes, and only they, are taken off.
        return $"/d /s /c \"\"{call.Path}\" {string.Join(' ', call.Arguments)}\"";
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '/' or '@' or '=' or ',' or '-';
}
