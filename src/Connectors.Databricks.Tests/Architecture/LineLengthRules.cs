using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Lines fit a screen.</summary>
internal static partial class LineLengthRules
{
    private const int Longest = 140;

    /// <summary>What may be on the line of a wire document that does not fit: a name, an attribute, the call that takes it.</summary>
    private const int LongestRest = 40;

    public static IEnumerable<string> LinesFit(IEnumerable<SourceFile> sources) =>
        from file in sources
        let documents = DocumentLines(file.Text)
        from line in file.Lines.Index()
        where line.Item.Length > Longest && !documents.Contains(line.Index) && !IsDocument(line.Item)
        select $"{file.Path}:{line.Index + 1}: {line.Item.Length} characters; break a line at {Longest}.";

    /// <summary>Tables and links cannot be broken.</summary>
    public static IEnumerable<string> LinesOfPagesFit(IEnumerable<SourceFile> pages) =>
        from page in pages
        from line in page.Lines.Index()
        where line.Item.Length > Longest && !line.Item.TrimStart().StartsWith('|') && !Unbreakable().IsMatch(line.Item)
        select $"{page.Path}:{line.Index + 1}: {line.Item.Length} characters; break a line at {Longest}.";

    /// <summary>The lines inside raw string literals: wire documents are shown as they are.</summary>
    private static HashSet<int> DocumentLines(string text)
    {
        var lines = new HashSet<int>();
        foreach (Match literal in CSharpCode.RawLiterals(text))
        {
            var first = text.AsSpan(0, literal.Index).Count('\n');
            lines.UnionWith(Enumerable.Range(first + 1, Math.Max(0, literal.Value.Count(c => c == '\n') - 1)));
        }

        return lines;
    }

    private static bool IsDocument(string line) =>
        RawLiteral().IsMatch(line) && RawLiteral().Replace(line, "").Trim().Length <= LongestRest;

    [GeneratedRegex("""\$*(?<quotes>"{3,}).*?\k<quotes>(?!")""")]
    private static partial Regex RawLiteral();

    // One word, such as a link, after a list marker or an indentation.
    [GeneratedRegex(@"^\s*(?:[-*>]\s+)?\S+$")]
    private static partial Regex Unbreakable();
}
