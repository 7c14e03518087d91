using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>A section or a source that a comment or a page cites is on the page of facts, where a stranger can find it.</summary>
internal static partial class CitationRules
{
    /// <summary>In comments alone: strings hold JSON, and texts of tests.</summary>
    public static IEnumerable<string> CommentsCiteWhatIsThere(IEnumerable<SourceFile> sources, ServingReference reference) =>
        from file in sources
        from line in file.Lines.Index()
        let comment = Comment().Match(StringLiteral().Replace(line.Item, ""))
        where comment.Success
        from complaint in Complaints(comment.Value, reference)
        select $"{file.Path}:{line.Index + 1}: {complaint}";

    public static IEnumerable<string> PagesCiteWhatIsThere(IEnumerable<MarkdownFile> pages, ServingReference reference) =>
        from page in pages
        let prose = Fence().Replace(page.Text, fence => new string('\n', fence.Value.Split('\n').Length - 1))
        from line in prose.Split('\n').Index()
        from complaint in Complaints(ThreadPlaceholder().Replace(line.Item, ""), reference)
        select $"{page.Path}:{line.Index + 1}: {complaint}";

    private static IEnumerable<string> Complaints(string text, ServingReference reference) =>
    [
        .. from section in Section().Matches(text).Select(match => match.Groups[1].Value)
           where !reference.HasSection(section)
           select $"{ServingReference.Path} has no section '{section}'.",
        .. from key in Source().Matches(text).Select(match => match.Groups[1].Value)
           where !reference.HasSource(key)
           select $"{ServingReference.Path} names no source '[{key}]'.",
    ];

    [GeneratedRegex(@"""(?:\\.|[^""\\])*""")]
    private static partial Regex StringLiteral();

    [GeneratedRegex("//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?:§|\b[Aa]ppendix )(\d+(?:\.\d+)?|[A-Z](?:\.\d+)?)")]
    private static partial Regex Section();

    // Not an index such as list[i], and not the text of a link.
    [GeneratedRegex(@"(?<![\w\]`])\[((?:id|issue) [^\]]+|[a-z][a-z-]*(?::[^\]\s]+)?)\](?!\()")]
    private static partial Regex Source();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\[issue [^\]#]+#n\]")]
    private static partial Regex ThreadPlaceholder();
}
