using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>A section or a source that a comment or a page cites is on the reference page, where a reader can find it.</summary>
internal static partial class CitationRules
{
    /// <summary>In comments alone: strings hold JSON, and texts of tests.</summary>
    /// <param name="sources">The files with the comments.</param>
    /// <param name="reference">What the service sends and accepts.</param>
    /// <param name="authentication">How clients log in; cited as "authentication reference §N".</param>
    public static IEnumerable<string> CommentsCiteWhatIsThere(
        IEnumerable<SourceFile> sources, ServingReference reference, ServingReference authentication) =>
        from file in sources
        from line in file.Lines.Index()
        let comment = Comment().Match(StringLiteral().Replace(line.Item, ""))
        where comment.Success
        from complaint in Complaints(comment.Value, reference, authentication)
        select $"{file.Path}:{line.Index + 1}: {complaint}";

    public static IEnumerable<string> PagesCiteWhatIsThere(
        IEnumerable<MarkdownFile> pages, ServingReference reference, ServingReference authentication) =>
        from page in pages
        let prose = Fence().Replace(page.Text, fence => new string('\n', fence.Value.Split('\n').Length - 1))
        from line in prose.Split('\n').Index()
        from complaint in Complaints(
            ThreadPlaceholder().Replace(line.Item, ""), page.Path == authentication.Page ? authentication : reference, authentication)
        select $"{page.Path}:{line.Index + 1}: {complaint}";

    /// <summary>A number that is no public name, such as a row of an index, cannot be looked up.</summary>
    public static IEnumerable<string> NothingIsCitedByNumber(IEnumerable<SourceFile> files) =>
        from file in files
        from Match number in Number().Matches(file.Text)
        let line = file.Text.AsSpan(0, number.Index).Count('\n') + 1
        select $"{file.Path}:{line}: '[id {number.Groups[1].Value}]' is no public name: cite a thread, a page or a repository.";

    private static IEnumerable<string> Complaints(string text, ServingReference reference, ServingReference authentication)
    {
        foreach (var match in AuthenticationSection().Matches(text).SelectMany(match => Section().Matches(match.Value)))
        {
            if (!authentication.HasSection(match.Groups[1].Value))
            {
                yield return $"{authentication.Page} has no section '{match.Groups[1].Value}'.";
            }
        }

        // Sections of public standards are not ours to define.
        text = Standard().Replace(AuthenticationSection().Replace(text, ""), "");
        foreach (
            var section in Section().Matches(text).Select(match => match.Groups[1].Value).Where(section => !reference.HasSection(section)))
        {
            yield return $"{reference.Page} has no section '{section}'.";
        }

        foreach (var key in Source().Matches(text).Select(match => match.Groups[1].Value).Where(key => !reference.HasSource(key)))
        {
            yield return $"{reference.Page} names no source '[{key}]'.";
        }
    }

    [GeneratedRegex(@"""(?:\\.|[^""\\])*""")]
    private static partial Regex StringLiteral();

    [GeneratedRegex("//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?:§|\b[Aa]ppendix )(\d+(?:\.\d+)?|[A-Z](?:\.\d+)?)")]
    private static partial Regex Section();

    // "authentication reference §6.5", and lists of its sections: "§6.5 to §6.7", "§1, §4".
    [GeneratedRegex(@"authentication reference §\d+(?:\.\d+)?(?:(?:,| and| to) §\d+(?:\.\d+)?)*")]
    private static partial Regex AuthenticationSection();

    [GeneratedRegex(@"RFC \d+ §[\d.]+")]
    private static partial Regex Standard();

    // Not an index such as list[i], and not the text of a link.
    [GeneratedRegex(@"(?<![\w\]`])\[(issue [^\]]+|[a-z][a-z-]*(?::[^\]\s]+)?)\](?!\()")]
    private static partial Regex Source();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    // Also across the lines of a paragraph or a comment.
    [GeneratedRegex(@"\[id(?:\s|///?)+(\d+)\]")]
    private static partial Regex Number();

    [GeneratedRegex(@"\[issue [^\]#]+#n\]")]
    private static partial Regex ThreadPlaceholder();
}
