using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>What a page of facts defines: numbered sections, keys of sources, and threads.</summary>
internal sealed partial class ServingReference(string text, string page = ServingReference.Path)
{
    public const string Path = "docs/serving-reference.md";

    public const string AuthenticationPath = "docs/authentication-reference.md";

    public string Page => page;

    private readonly HashSet<string> _sections = [.. Section().Matches(text).Select(match => match.Groups[1].Value)];

    private readonly HashSet<string> _keys = [.. Key().Matches(text).Select(match => match.Groups[1].Value)];

    private readonly HashSet<string> _threads =
    [
        .. from row in Threads().Matches(text)
           from number in Number().Matches(row.Groups["links"].Value)
           select $"{Repository(row.Groups["repository"].Value)}#{number.Groups[1].Value}",
    ];

    /// <param name="section">A number such as <c>3.7</c>, or an appendix such as <c>A.1</c>.</param>
    public bool HasSection(string section) => _sections.Contains(section);

    /// <param name="key">The text in square brackets.</param>
    public bool HasSource(string key) =>
        key.StartsWith("issue ", StringComparison.Ordinal) ? _threads.Contains(Repository(key["issue ".Length..]))
        : key.Split(':') is [var family, _, ..] ? _keys.Contains($"{family}:…")
        : _keys.Contains(key);

    /// <summary>A thread's repository without its owner: comments leave it off.</summary>
    private static string Repository(string name) => name[(name.LastIndexOf('/') + 1)..];

    [GeneratedRegex(@"^#+ (?:Appendix )?(\d+(?:\.\d+)?|[A-Z](?:\.\d+)?)\.? ", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| \[([^\]]+)\] \|", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex(@"^\| \[issue (?<repository>[^\]#]+)#n\] \|(?<links>.*)\|$", RegexOptions.Multiline)]
    private static partial Regex Threads();

    [GeneratedRegex(@"/(?:issues|pull)/(\d+)")]
    private static partial Regex Number();
}
