using System.Text;

namespace Connectors.Databricks.Diagnostics;

/// <summary>
/// A text with its escapes decoded (JSON, percent, HTML, nested to any depth) and invisible characters removed, so that UTF-16 read as
/// UTF-8 compares as well. Maps each decoded character to its characters in the original.
/// </summary>
internal sealed class DecodedText
{
    /// <summary>Each pass decodes one level of mixed escapes; repeated levels of one kind are decoded at once.</summary>
    private const int MaxPasses = 8;

    // Null while no character is escaped.
    private readonly int[]? _starts;
    private readonly int[]? _ends;

    private DecodedText(string text, int[]? starts, int[]? ends)
    {
        Text = text;
        _starts = starts;
        _ends = ends;
    }

    public string Text { get; }

    public static DecodedText From(string text)
    {
        var decoded = new DecodedText(text, starts: null, ends: null);
        for (var pass = 0; pass < MaxPasses && decoded.Text.AsSpan().ContainsEscape(); pass++)
        {
            var next = decoded.DecodeOnce();
            if (next.Text.Length == decoded.Text.Length)
            {
                break;
            }

            decoded = next;
        }

        return decoded;
    }

    /// <summary>The part of the original that a part of the decoded text came from.</summary>
    public (int Start, int End) GetSource(int start, int end) =>
        (_starts is null ? start : _starts[start], _ends is null ? end : _ends[end - 1]);

    private DecodedText DecodeOnce()
    {
        var text = new StringBuilder(Text.Length);
        var starts = new List<int>(Text.Length);
        var ends = new List<int>(Text.Length);
        for (var i = 0; i < Text.Length;)
        {
            var length = EscapeDecoder.Decode(Text.AsSpan(i), text);
            var (start, end) = GetSource(i, i + length);
            while (starts.Count < text.Length)
            {
                starts.Add(start);
                ends.Add(end);
            }

            i += length;
        }

        return new DecodedText(text.ToString(), [.. starts], [.. ends]);
    }
}
