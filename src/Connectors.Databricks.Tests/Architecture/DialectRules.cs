using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>How the folders inside a dialect of chat may depend on each other.</summary>
internal static partial class DialectRules
{
    /// <summary>
    /// Inside a dialect of chat, the folders for writing, reading and adapting requests do not use each other; what they share is in
    /// <c>Requests/</c>, which uses none of them.
    /// </summary>
    public static IEnumerable<string> FoldersAreIndependent(IReadOnlyCollection<SourceFile> core)
    {
        var folderOfType = (
            from file in core
            where file.Folders is ["Chat", _, _, ..]
            from type in CSharpCode.DeclaredTypes(string.Join('\n', file.CodeLines))
            select (type, folder: Dialect(file))).ToLookup(pair => pair.type, pair => pair.folder, StringComparer.Ordinal);
        return
            from file in core
            where file.Folders is ["Chat", _, _, ..]
            from line in file.CodeLines.Index()
            from match in DialectFolder().Matches(line.Item)
            let target = (match.Groups["dialect"].Success ? match.Groups["dialect"].Value : file.Folders[1], match.Groups["folder"].Value)
            where target != Dialect(file) && target.Item2 != "Requests"
                && (match.Groups["dialect"].Success || folderOfType[match.Groups["type"].Value].Contains(target))
            select $"{file.Path}:{line.Index + 1}: {file.Folders[2]} uses {target.Item2}; move what both use to Requests.";
    }

    private static (string Dialect, string Folder) Dialect(SourceFile file) => (file.Folders[1], file.Folders[2]);

    // A namespace in full, or a name that starts with a sibling folder.
    [GeneratedRegex("""
        ^\s*(?:global\s+)?using\s+(?:static\s+)?(?:\w+\s*=\s*)?Connectors\.Databricks\.Chat\.(?<dialect>\w+)\.(?<folder>\w+)
        | (?<![\w.])(?:Chat\.)?(?:(?<dialect>Completions|Responses)\.)?(?<folder>Outbound|Inbound|Shaping)\.(?<type>[A-Z]\w*)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex DialectFolder();
}
