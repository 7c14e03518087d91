using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management.Metrics;

/// <summary>
/// Parses the OpenMetrics text format and the Prometheus text format, which differs in four ways: no end marker is required, timestamps
/// are milliseconds, counters are declared with their suffix, and help texts do not escape quotes. Native histograms, which have no single
/// value, are skipped. Parsing takes linear time for any text.
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
                if (new MetricLine(line, number, items).Read() is { } sample)
                {
                    families.Add(sample);
                }
            }
            else
            {
                hasEnded = ReadComment(new MetricLine(line[1..], number, items), families);
            }
        }

        return families.Build(isOpenMetrics: hasEnded);
    }

    /// <returns>Whether it is the end marker.</returns>
    private static bool ReadComment(MetricLine comment, MetricFamilies families)
    {
        var keyword = comment.ReadWord();
        if (keyword is "EOF")
        {
            return comment.ReadRest().IsEmpty;
        }

        if (keyword is ("TYPE" or "HELP" or "UNIT") && comment.ReadDeclaredName() is { Length: > 0 } name)
        {
            families.Declare(keyword, name, comment.ReadRest());
        }

        return false;
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
