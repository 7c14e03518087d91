namespace Agents.Retrieval;

/// <summary>A piece of a document, small enough to embed and to quote.</summary>
/// <param name="Heading">The heading of its section, which a citation names.</param>
/// <param name="Text">Its text, on one line.</param>
internal sealed record Passage(string Heading, string Text)
{
    /// <summary>The text that is embedded: the heading adds context.</summary>
    public string ForSearch => $"{Heading}. {Text}";

    /// <summary>Cuts a Markdown document at its headings.</summary>
    public static IReadOnlyList<Passage> Cut(string markdown)
    {
        List<Passage> passages = [];
        foreach (var section in markdown.ReplaceLineEndings("\n").Split("\n## ").Skip(1))
        {
            var lines = section.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            passages.Add(new Passage(lines[0], string.Join(' ', lines.Skip(1))));
        }

        return passages;
    }
}
