using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>"Evidence and limitations" of docs/emulator.md names texts that the emulator sends.</summary>
public partial class EmulatorEvidenceTests
{
    private static readonly MarkdownFile Page = MarkdownFile.All.Single(page => page.Path == "docs/emulator.md");

    /// <summary>A value of a request, which the emulator does not write.</summary>
    private const string InRequests = "BASIC";

    private static readonly string Sources = string.Join(
        '\n', Repository.Emulator.Select(file => file.Text.Replace("\\\"", "\"", StringComparison.Ordinal)));

    public static TheoryData<string> Published
    {
        get
        {
            var texts = new TheoryData<string>();
            foreach (var text in Rows().SelectMany(row => Codes(row[0])).Distinct().Where(text => text != InRequests))
            {
                texts.Add(text);
            }

            return texts;
        }
    }

    [Fact]
    public void The_table_has_the_texts_of_every_family() => Assert.True(Published.Count > 20);

    [Theory]
    [MemberData(nameof(Published))]
    public void A_published_text_is_in_the_emulator(string text)
    {
        var constant = Placeholder().Split(text).MaxBy(part => part.Length)!.Trim();

        Assert.Contains(constant, Sources, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_counts_the_shapes_of_a_failure_in_a_stream()
    {
        Assert.Equal(6, Enum.GetValues<StreamErrorShape>().Length);
        Assert.Contains("the shape of a failure in a stream: choose one of six", Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Details_without_evidence_are_marked_in_the_source() =>
        Assert.True(Repository.Emulator.Count(file => file.Text.Contains("Unconfirmed: ", StringComparison.Ordinal)) > 10);

    private static IEnumerable<string[]> Rows() => MarkdownTable.In(Page).Where(table => table.Heading == "Evidence and limitations")
        .SelectMany(table => table.Rows).Select(row => row.Cells);

    private static IEnumerable<string> Codes(string cell) =>
        Code().Matches(cell).Select(match => $"{match.Groups["long"].Value}{match.Groups["short"].Value}".Trim());

    [GeneratedRegex("``\\s(?<long>.+?)\\s``|`(?<short>[^`]+)`")]
    private static partial Regex Code();

    // The name of a parameter, which the emulator inserts.
    [GeneratedRegex("…|(?<=field |name )\"\\w+\"|^\"stop\"|temperature|^x(?=:)|`")]
    private static partial Regex Placeholder();
}
