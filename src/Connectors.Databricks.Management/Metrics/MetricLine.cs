using System.Text;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management.Metrics;

/// <summary>Reads one line: a sample with name, labels, value, time and exemplar, or the words of a comment.</summary>
internal ref struct MetricLine(ReadOnlySpan<char> line, int number, ItemBudget items)
{
    private static readonly Dictionary<string, string> NoLabels = [];

    private readonly ReadOnlySpan<char> _line = line;
    private int _at;

    /// <returns>Null for a sample of a native histogram.</returns>
    public RawSample? Read()
    {
        var name = string.Empty;
        if (Peek() != '{')
        {
            name = Name("a metric");
            SkipBlanks();
        }

        var labels = Peek() == '{' && !IsNativeHistogram() ? Labels(ref name, mayNameMetric: true) : NoLabels;
        if (name.Length == 0)
        {
            throw Wrong("has no metric name");
        }

        SkipBlanks();
        if (IsNativeHistogram())
        {
            return _line[_at..].Contains('}') ? null : throw Wrong("has a native histogram without an end");
        }

        var value = Number("a value");
        double? time = SkipBlanks() && Peek() is not ('#' or '\0') ? Number("a time") : null;
        RawExemplar? exemplar = null;
        if (SkipBlanks() && Peek() == '#')
        {
            exemplar = Exemplar();
        }

        SkipBlanks();
        return _at == _line.Length
            ? new RawSample(name, labels, value, time, exemplar)
            : throw Wrong("goes on behind its value and time");
    }

    /// <summary>Reads a word of a comment.</summary>
    public ReadOnlySpan<char> ReadWord()
    {
        SkipBlanks();
        var rest = _line[_at..];
        var end = rest.IndexOfAny(' ', '\t');
        var word = end < 0 ? rest : rest[..end];
        _at += word.Length;
        return word;
    }

    /// <summary>Reads the name of the metric that a comment declares, which may be quoted.</summary>
    public string ReadDeclaredName()
    {
        SkipBlanks();
        if (Peek() != '"')
        {
            return ReadWord().ToString();
        }

        var name = Quoted();
        return _at == _line.Length || Peek() is ' ' or '\t' ? name : throw Wrong("goes on behind a quoted name");
    }

    public ReadOnlySpan<char> ReadRest()
    {
        SkipBlanks();
        return _line[_at..];
    }

    // Starts like labels without quotes, which no other text may.
    private readonly bool IsNativeHistogram() => _line[_at..].StartsWith("{count:", StringComparison.Ordinal);

    private RawExemplar Exemplar()
    {
        _at++;
        SkipBlanks();
        if (Peek() != '{')
        {
            throw Wrong("has an exemplar without labels");
        }

        var none = string.Empty;
        var labels = Labels(ref none, mayNameMetric: false);
        var value = Number("an exemplar");
        double? time = SkipBlanks() && Peek() != '\0' ? Number("a time of its exemplar") : null;
        return new RawExemplar(labels, value, time);
    }

    /// <summary>Reads labels, which in the newer syntax may include the quoted name of the metric.</summary>
    private Dictionary<string, string> Labels(ref string metric, bool mayNameMetric)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        _at++;
        if (SkipBlanks() && Peek() == ',')
        {
            // The Prometheus format allows a comma before the first label.
            _at++;
        }

        while (true)
        {
            SkipBlanks();
            if (Peek() == '}')
            {
                _at++;
                return labels;
            }

            items.Spend();
            var isQuoted = Peek() == '"';
            var name = isQuoted ? Quoted() : Name("a label");
            SkipBlanks();
            if (isQuoted && mayNameMetric && metric.Length == 0 && Peek() is ',' or '}' && labels.Count == 0)
            {
                metric = name;
            }
            else
            {
                Expect('=', "after a label's name");
                SkipBlanks();
                if (!labels.TryAdd(name, Peek() == '"' ? Quoted() : throw Wrong("has a label value without quotes")))
                {
                    throw Wrong($"has the label '{Shortened(name)}' twice");
                }
            }

            SkipBlanks();
            if (Peek() != '}')
            {
                Expect(',', "between labels");
            }
        }
    }

    private string Name(string what)
    {
        var start = _at;
        while (_at < _line.Length && (char.IsAsciiLetterOrDigit(_line[_at]) || _line[_at] is '_' or ':' or '.'))
        {
            _at++;
        }

        return _at > start && !char.IsAsciiDigit(_line[start])
            ? _line[start.._at].ToString()
            : throw Wrong($"has no name of {what} where one should start");
    }

    private string Quoted()
    {
        var start = ++_at;
        var rest = _line[_at..];
        var end = rest.IndexOfAny('"', '\\');
        if (end >= 0 && rest[end] == '"')
        {
            _at += end + 1;
            return rest[..end].ToString();
        }

        var text = new StringBuilder();
        for (; _at < _line.Length; _at++)
        {
            var c = _line[_at];
            if (c == '"')
            {
                _at++;
                return text.ToString();
            }

            if (c == '\\' && _at + 1 < _line.Length)
            {
                // An unknown escape sequence is kept unchanged.
                _at++;
                _ = _line[_at] switch
                {
                    'n' => text.Append('\n'),
                    '"' or '\\' => text.Append(_line[_at]),
                    var other => text.Append('\\').Append(other),
                };
            }
            else
            {
                text.Append(c);
            }
        }

        throw Wrong($"has a text without a closing quote, which starts at character {start}");
    }

    private double Number(string what)
    {
        var token = ReadWord();
        return MetricNumber.Parse(token) ?? throw Wrong(
            token.IsEmpty ? $"ends where {what} is expected" : $"has {what} that is no number: '{Shortened(token)}'");
    }

    private void Expect(char expected, string where)
    {
        if (Peek() != expected)
        {
            throw Wrong($"has no '{expected}' {where}");
        }

        _at++;
    }

    /// <returns>Always true, so that it can be used in a condition.</returns>
    private bool SkipBlanks()
    {
        while (_at < _line.Length && _line[_at] is ' ' or '\t')
        {
            _at++;
        }

        return true;
    }

    private readonly char Peek() => _at < _line.Length ? _line[_at] : '\0';

    private readonly FormatException Wrong(string what) => new($"Line {number} {what}.");

    private static string Shortened(ReadOnlySpan<char> text) => text.Length <= 40 ? text.ToString() : $"{text[..40]}…";
}
