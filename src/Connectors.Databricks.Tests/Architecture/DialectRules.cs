using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>How the folders of chat may depend on each other.</summary>
internal static partial class DialectRules
{
    private const string Shared = "";

    /// <summary>
    /// The folders that write, read and adapt requests do not use each other, and neither do the dialects; what they share is in
    /// <c>Chat/Requests/</c> and <c>Chat/Replies/</c>, which use none of them.
    /// </summary>
    public static IEnumerable<string> FoldersAreIndependent(IReadOnlyCollection<SourceFile> core)
    {
        var folderOfType = (
            from file in core
            where IsInFolder(file)
            from type in CSharpCode.DeclaredTypes(string.Join('\n', file.CodeLines))
            select (type, folder: FolderOf(file))).ToLookup(pair => pair.type, pair => pair.folder, StringComparer.Ordinal);
        return
            from file in core
            where IsInFolder(file)
            from line in file.CodeLines.Index()
            from match in FolderUse().Matches(line.Item)
            let target = Target(match, FolderOf(file))
            where target != FolderOf(file) && target.Folder is not ("Requests" or "Replies")
                && (match.Groups["chat"].Success || match.Groups["dialect"].Success
                    || folderOfType[match.Groups["type"].Value].Contains(target))
            select $"{file.Path}:{line.Index + 1}: {Named(FolderOf(file))} uses {Named(target)}; " +
                "move what both use to Chat/Requests or Chat/Replies.";
    }

    private static bool IsInFolder(SourceFile file) => file.Folders is ["Chat", _, ..];

    private static (string Dialect, string Folder) FolderOf(SourceFile file) => file.Folders is ["Chat", "Completions" or "Responses", ..]
        ? (file.Folders[1], file.Folders.Length > 2 ? file.Folders[2] : Shared)
        : (Shared, file.Folders[1]);

    private static (string Dialect, string Folder) Target(Match match, (string Dialect, string Folder) user) =>
        match.Groups["dialect"].Success ? (match.Groups["dialect"].Value, match.Groups["folder"].Value) :
        match.Groups["folder"].Value is "Shaping" or "Requests" or "Replies" ? (Shared, match.Groups["folder"].Value) :
        (user.Dialect, match.Groups["folder"].Value);

    private static string Named((string Dialect, string Folder) folder) =>
        folder.Dialect.Length == 0 ? folder.Folder : $"{folder.Dialect}/{folder.Folder}";

    // A namespace in full, or a name that starts with a sibling folder.
    [GeneratedRegex("""
        ^\s*(?:global\s+)?using\s+(?:static\s+)?(?:\w+\s*=\s*)?
            (?<chat>Connectors\.Databricks\.Chat)\.(?:(?<dialect>Completions|Responses)\.)?(?<folder>\w+)
        | (?<![\w.])(?:Chat\.)?(?:(?<dialect>Completions|Responses)\.)?(?<folder>Outbound|Inbound|Shaping)\.(?<type>[A-Z]\w*)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex FolderUse();
}
