using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management.Metrics;

/// <summary>
/// Parses the OpenMetrics text format and the Prometheus text format, which differs in three ways: no end marker is required, timestamps
/// are milliseconds, and counters are declared with their suffix. Parsing takes linear time for any text.
/// </summary>
internal static class MetricsFromText
{
    /// <exception cref="FormatException">The text has neither format; the message contains the line number.</exception>
    public static IReadOnlyList<MetricFamily> Read(string text, ItemBudget items)
    {
        var families = new MetricFamilies();
        var hasEnded = false;
        var number = 0;
        foreach (var whole in text.AsSpan().EnumerateLines('\n'))
        {
            number++;
            var line = whole.TrimEnd("\r \t").TrimStart(" \t");
            if (line.IsEmpty)
            {
                continue;
            }

            // A sample, a declaration, or a comment, which is skipped.
            items.Spend();
            if (hasEnded)
            {
                throw new FormatException($"Line {number} follows '# EOF'.");
            }

            if (line[0] != '#')
            {
                families.Add(new MetricLine(line, number, items).Read());
            }
            else
            {
                hasEnded = ReadComment(line[1..].TrimStart(" \t"), families);
            }
        }

        return families.Build(timesAreSeconds: hasEnded);
    }

    /// <returns>Whether it is the end marker.</returns>
    private static bool ReadComment(ReadOnlySpan<char> comment, MetricFamilies families)
    {
        if (comment is "EOF")
        {
            return true;
        }

        var keyword = Word(ref comment);
        if (keyword is not ("TYPE" or "HELP" or "UNIT"))
        {
            return false;
        }

        var name = Word(ref comment).Trim('"').ToString();
        if (name.Length > 0)
        {
            families.Declare(keyword, name, comment);
        }

        return false;
    }

    private static ReadOnlySpan<char> Word(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(' ', '\t');
        var word = end < 0 ? text : text[..end];
        text = end < 0 ? [] : text[end..].TrimStart(" \t");
        return word;
    }

    // By '\n' alone: the framework's line enumerators also split at characters that a label may contain.
    private static LineEnumerator EnumerateLines(this ReadOnlySpan<char> text, char separator) => new(text, separator);

    private ref struct LineEnumerator(ReadOnlySpan<char> rest, char separator)
    {
        private ReadOnlySpan<char> _rest = rest;
        private bool _isDone;

        public ReadOnlySpan<char> Current { get; private set; }

        public readonly LineEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_isDone)
            {
                return false;
            }

            var end = _rest.IndexOf(separator);
            _isDone = end < 0;
            Current = _isDone ? _rest : _rest[..end];
            _rest = _isDone ? [] : _rest[(end + 1)..];
            return true;
        }
    }
}
