namespace Connectors.Databricks.ModelRecords;

/// <summary>
/// Matches a model name inside another name: of an endpoint, an entity, or a model of a provider. Names are compared segment by segment, so
/// that <c>gpt-5-2</c> does not match <c>gpt-5-2025-08-07</c>, and versions match completely: <c>gpt-5</c> is not in <c>gpt-5-9</c>.
/// </summary>
internal readonly struct NamePattern
{
    private const int LongestVersion = 2;

    private readonly string[] _segments;
    private readonly bool _isOpen;

    public NamePattern(string name)
    {
        Text = Normalized(name);
        _isOpen = Text.EndsWith('*');
        _segments = Text.TrimEnd('*').Split('-');
    }

    /// <summary>The normalized pattern.</summary>
    public string Text { get; }

    /// <summary>The specificity: longer names are more specific; of two with the same length, the one without a wildcard.</summary>
    public int Specificity => _isOpen ? (Text.Length - 1) * 2 : (Text.Length * 2) + 1;

    /// <summary>Whether another name, in segments, contains the pattern.</summary>
    public bool IsIn(ReadOnlySpan<string> name)
    {
        for (var start = 0; start + _segments.Length <= name.Length; start++)
        {
            if (IsAt(name, start))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsAt(ReadOnlySpan<string> name, int start)
    {
        var last = _segments.Length - 1;
        for (var i = 0; i < last; i++)
        {
            if (name[start + i] != _segments[i])
            {
                return false;
            }
        }

        if (_isOpen)
        {
            return name[start + last].StartsWith(_segments[last], StringComparison.Ordinal);
        }

        var next = start + last + 1;
        return name[start + last] == _segments[last] &&
            !(IsVersion(_segments[last]) && next < name.Length && IsVersion(name[next]));
    }

    // More digits are a date.
    private static bool IsVersion(string segment) => segment.Length is > 0 and <= LongestVersion && segment.All(char.IsAsciiDigit);

    public static string[] Segments(string name) => Normalized(name).Split('-');

    // system.ai.gpt-5-2, us.anthropic.claude-sonnet-4-5-20250929-v1:0, models/llama_v3_3: all become a sequence of segments.
    private static string Normalized(string name) => string.Create(name.Length, name, static (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = source[i] is '.' or '_' or ':' or '/' or ' ' or '@' ? '-' : char.ToLowerInvariant(source[i]);
        }
    });
}
