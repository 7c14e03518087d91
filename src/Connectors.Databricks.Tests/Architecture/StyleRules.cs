using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>The few habits of the house that a machine can judge without being a nuisance.</summary>
internal static partial class StyleRules
{
    private const int LongestFile = 300;

    public static IEnumerable<string> FilesAreShort(IEnumerable<SourceFile> sources) =>
        from file in sources
        where file.Lines.Length > LongestFile
        select $"{file.Path}:{LongestFile + 1}: {file.Lines.Length} lines; split a file at {LongestFile}.";

    public static IEnumerable<string> NothingIsFolded(IEnumerable<SourceFile> sources) =>
        Lines(sources, Region(), "a region hides what a smaller file would show.");

    public static IEnumerable<string> FoldersHaveASubject(IEnumerable<SourceFile> sources) =>
        from file in sources
        from folder in file.Folders
        where folder is "Helpers" or "Utils" or "Common" or "Manager"
        select $"{file.Path}:1: folder '{folder}' says nothing about what it holds.";

    public static IEnumerable<string> SuppressionsGiveAReason(IEnumerable<SourceFile> sources) =>
        Lines(sources, BarePragma(), "a suppression gives its reason on the same line.");

    public static IEnumerable<string> NothingIsLeftToDo(IEnumerable<SourceFile> sources) =>
        Lines(sources, ToDo(), "do it now, or open an issue.");

    private static IEnumerable<string> Lines(IEnumerable<SourceFile> sources, Regex pattern, string complaint) =>
        from file in sources
        from line in file.Lines.Index()
        where pattern.IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1}: {complaint}";

    [GeneratedRegex(@"^\s*#\s*region\b")]
    private static partial Regex Region();

    [GeneratedRegex(@"^\s*#\s*pragma\s+warning\s+disable\b(?!.*//\s*\S)")]
    private static partial Regex BarePragma();

    [GeneratedRegex(@"\bTODO\b")]
    private static partial Regex ToDo();
}
