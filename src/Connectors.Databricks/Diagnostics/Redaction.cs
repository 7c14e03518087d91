using System.Text;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Diagnostics;

/// <summary>
/// Holds every secret in use and removes it, in every encoding, from exceptions, log entries, tags and reports: services echo what they
/// were sent. Nothing is computed until there is a text to redact. Thread-safe.
/// </summary>
internal sealed partial class Redaction
{
    /// <summary>Holds no secret and accepts none; redacts only what looks like one.</summary>
    public static readonly Redaction OfNone = new([]);

    public const string Mask = "***";

    private const int LongestText = 1024;

    /// <summary>The longest external text that is read.</summary>
    private const int LongestRead = 8 * 1024;

    // The bound of the connector's own messages, which contain texts of at most 1,024 characters.
    private const int LongestMessage = 32 * 1024;

    /// <summary>
    /// The maximum number of tokens held, for apps that send one per user; when it is exceeded, the older half is evicted.
    /// </summary>
    private const int MaxRecent = 64;

    private readonly object _lock = new();
    private readonly Redaction? _parent;
    private readonly Func<IEnumerable<string?>>? _more;
    private readonly List<string> _permanent;
    private readonly List<string> _addresses;
    private readonly List<string> _recent = [];
    private SecretIndex? _index;

    /// <param name="secrets">The secrets, which are never evicted.</param>
    /// <param name="addresses">Secrets whose parts, such as a host, occur in other texts; only the whole is redacted.</param>
    /// <param name="more">Secrets that are looked up when the first text is redacted.</param>
    public Redaction(
        IEnumerable<string?> secrets, IEnumerable<string?>? addresses = null, Func<IEnumerable<string?>>? more = null)
    {
        _permanent = [.. secrets.OfType<string>()];
        _addresses = [.. addresses?.OfType<string>() ?? []];
        _more = more;
    }

    private Redaction(Redaction parent, IEnumerable<string?> secrets)
        : this(secrets) => _parent = parent;

    /// <summary>Adds a secret that is sent from now on.</summary>
    public void Add(string? secret)
    {
        if (secret is null || secret.Length < SecretIndex.ShortestSecret || ReferenceEquals(this, OfNone))
        {
            return;
        }

        lock (_lock)
        {
            if (_recent.Contains(secret))
            {
                return;
            }

            if (_recent.Count == MaxRecent)
            {
                _recent.RemoveRange(0, MaxRecent / 2);
                _index = null;
            }

            _recent.Add(secret);
            _index?.Add(secret);
        }
    }

    /// <summary>Creates a redaction with more secrets, for a single call.</summary>
    public Redaction And(params IEnumerable<string?> more) => new(this, more);

    /// <summary>The text without secrets.</summary>
    public string Redact(string text) =>
        text.Length <= LongestMessage ? Redact(text, isCut: text is [.., '…']) : $"{Redact(text[..LongestMessage], isCut: true)}…";

    /// <summary>An external text without secrets, at most 1,024 characters.</summary>
    public string Quote(string text) => Quote(text, isOneLine: false);

    /// <summary>An external text without secrets, on one line, at most 1,024 characters.</summary>
    public string Clean(string text) => Quote(text, isOneLine: true);

    /// <summary>
    /// The exception itself when neither it nor an inner exception contains a secret, else an equivalent one without secrets.
    /// </summary>
    public Exception? Redact(Exception? exception) => RedactedException.From(exception, this);

    private string Quote(string text, bool isOneLine)
    {
        var isCut = text.Length > LongestRead;
        text = Redact(isCut ? text[..LongestRead] : text, isCut || text is [.., '…']);
        text = isOneLine ? SingleLineText.Of(JoinLines(text)) : text.Trim();
        if (isCut && text.Length < LongestRead / 2)
        {
            // So much was redacted before the cut that the rest of a secret there might be shown.
            return Mask;
        }

        return text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText - 1), "…");
    }

    private static string JoinLines(string text) => text.AsSpan().IndexOfAny('\r', '\n') < 0
        ? text.Trim()
        : string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private string Redact(string text, bool isCut)
    {
        // The parent's first: an address that it holds would no longer be whole.
        text = _parent is null ? text : _parent.Redact(text, isCut);
        text = RedactOwn(text, isCut);
        return _parent is not null ? text : UserInfo().Replace(TokenLike().Replace(text, Mask), $"{Mask}@");
    }

    private string RedactOwn(string text, bool isCut)
    {
        List<(int Start, int End)> found;
        lock (_lock)
        {
            var index = _index ??= NewIndex();
            if (index.IsEmpty)
            {
                return text;
            }

            found = new SecretFinder(index).Find(isCut ? text.TrimEnd('…') : text, isCut);
        }

        if (found.Count == 0)
        {
            return text;
        }

        var redacted = new StringBuilder(text.Length);
        var next = 0;
        foreach (var (start, end) in found)
        {
            if (start >= next)
            {
                redacted.Append(text, next, start - next).Append(Mask);
            }

            next = Math.Max(next, end);
        }

        return redacted.Append(text, next, text.Length - next).ToString();
    }

    private SecretIndex NewIndex()
    {
        var index = new SecretIndex();
        foreach (var secret in _permanent.Concat(_recent).Concat(_more?.Invoke().OfType<string>() ?? []).Distinct())
        {
            index.Add(secret);
        }

        foreach (var address in _addresses)
        {
            index.AddWhole(address);
        }

        return index;
    }

    // The last line of defense, for secrets that were not added.
    [GeneratedRegex(SecretPatterns.Token)]
    private static partial Regex TokenLike();

    [GeneratedRegex(SecretPatterns.UserInfo)]
    private static partial Regex UserInfo();
}
