using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>One page of documentation, read for what the rules ask about: its C# fences, its links and its headings.</summary>
internal sealed partial record MarkdownFile(string Path, string Text)
{
    public static IReadOnlyList<MarkdownFile> All =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "artifacts" or "bin" or "obj" || part.StartsWith('.')))
            .Order(StringComparer.Ordinal)
            .Select(path => new MarkdownFile(path, Repository.Read(path).Text)),
    ];

    /// <summary>Every fence of C#, with the name in the comment above it; null when there is none.</summary>
    public IEnumerable<(string? Name, string Code, int Line)> CSharpFences =>
        CSharpFence().Matches(Text).Select(match => (
            match.Groups["name"] is { Success: true, Value: var name } ? name : null,
            match.Groups["code"].Value,
            LineAt(match.Groups["fence"].Index)));

    /// <summary>Where the links outside code lead.</summary>
    public IEnumerable<(string Target, int Line)> Links =>
        Link().Matches(Code().Replace(Text, match => new string(' ', match.Length)))
            .Select(match => (match.Groups[1].Value, LineAt(match.Index)));

    /// <summary>What is between single backticks, outside fences.</summary>
    public IEnumerable<(string Code, int Line)> CodeSpans =>
        Code().Matches(Text).Where(match => !match.Value.StartsWith("```", StringComparison.Ordinal))
            .Select(match => (match.Value.Trim('`'), LineAt(match.Index)));

    /// <summary>The headings as links name them: lower case, hyphens for blanks, no punctuation.</summary>
    public IReadOnlySet<string> Anchors =>
        Heading().Matches(Code().Replace(Text, match => match.Value.StartsWith("```", StringComparison.Ordinal) ? "" : match.Value))
            .Select(match => Punctuation().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))
            .ToHashSet(StringComparer.Ordinal);

    private int LineAt(int index) => Text.AsSpan(0, index).Count('\n') + 1;

    [GeneratedRegex(
        @"(?:^<!-- snippet: (?<name>[^\n]*?) -->\n+)?^(?<fence>```csharp)\n(?<code>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpFence();

    [GeneratedRegex(@"^```.*?^```$|`[^`\n]+`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex Punctuation();
}
