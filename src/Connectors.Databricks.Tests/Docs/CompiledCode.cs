using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>
/// The named pieces of code in this folder's Code: the lines between <c>// &lt;name&gt;</c> and <c>// &lt;/name&gt;</c>, moved to the left
/// margin. Pieces of one name are one snippet, with a blank line between them.
/// </summary>
internal static partial class CompiledCode
{
    public static IReadOnlyDictionary<string, string> Snippets { get; } =
        In([
            .. Repository.SourcesOf("src/Connectors.Databricks.Tests/Docs/Code"),
            .. Repository.SourcesOf("src/Connectors.Databricks.SemanticKernel.Tests/Docs/Code"),
            .. Repository.SourcesOf("src/Connectors.Databricks.AspNetCore.Tests/Docs/Code"),
            .. Repository.SourcesOf("src/Connectors.Databricks.Emulator.Sql.Tests/Docs/Code"),
        ]);

    public static IReadOnlyDictionary<string, string> In(IEnumerable<SourceFile> files) =>
        files.SelectMany(file => Piece().Matches(string.Join('\n', file.Lines)))
            .GroupBy(match => match.Groups["name"].Value, match => AtTheMargin(match.Groups["code"].Value), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => string.Join("\n", group), StringComparer.Ordinal);

    private static string AtTheMargin(string code)
    {
        var lines = code.TrimEnd('\n').TrimStart('\n').Split('\n');
        var margin = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart(' ').Length);
        return string.Concat(lines.Select(line => $"{(line.Length > margin ? line[margin..] : "")}\n"));
    }

    [GeneratedRegex(@"^ *// <(?<name>[a-z-]+)>\n(?<code>.*?)^ *// </\k<name>>$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Piece();
}
