using System.Runtime.InteropServices;

namespace Connectors.Databricks.Diagnostics;

/// <summary>
/// Finds secrets in a decoded text, in a time that does not depend on how many there are. Of a long secret a part is found as well, so that
/// one that was cut at either end is; letter case does not count, nor whether a form wrote a blank as a plus sign.
/// </summary>
internal sealed class SecretIndex
{
    /// <summary>Below this length a "secret" is part of ordinary words, and to redact it would only make texts unreadable.</summary>
    public const int ShortestSecret = 4;

    // Secrets are indexed by blocks of four characters. Seven in a row hold a whole block, wherever they begin.
    private const int Block = 4;
    private const int ShortestPart = (2 * Block) - 1;
    private const int LongestPart = 12;

    // A secret that repeats itself must not make the search slow.
    private const int MaxEntriesOfBlock = 32;

    private readonly Dictionary<ulong, List<Entry>> _blocks = [];
    private readonly List<string> _secrets = [];

    public bool IsEmpty => _blocks.Count == 0;

    /// <summary>A text in the form in which texts and secrets are compared.</summary>
    public static char[] Fold(string decoded)
    {
        var folded = new char[decoded.Length];
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = decoded[i] == '+' ? ' ' : char.ToLowerInvariant(decoded[i]);
        }

        return folded;
    }

    /// <summary>Adds a secret that is found in parts as well.</summary>
    public void Add(string secret) => Add(secret, isWhole: false);

    /// <summary>Adds a secret that is found as a whole alone.</summary>
    public void AddWhole(string secret) => Add(secret, isWhole: true);

    private void Add(string secret, bool isWhole)
    {
        var text = new string(Fold(DecodedText.From(secret).Text)).Trim();
        if (text.Length < ShortestSecret)
        {
            return;
        }

        isWhole |= text.Length <= ShortestPart;
        var shortest = isWhole ? text.Length : Math.Clamp(text.Length - 2, ShortestPart, LongestPart);
        if (!isWhole)
        {
            _secrets.Add(text);
        }

        for (var offset = 0; offset + Block <= text.Length && (offset == 0 || !isWhole); offset += Block)
        {
            ref var entries = ref CollectionsMarshal.GetValueRefOrAddDefault(_blocks, Key(text.AsSpan(offset)), out _);
            entries ??= [];
            if (entries.Count < MaxEntriesOfBlock)
            {
                entries.Add(new Entry(text, offset, shortest));
            }
        }
    }

    /// <summary>Finds the first secret, or part of one, at or after a position.</summary>
    public bool TryFind(ReadOnlySpan<char> folded, int from, out int start, out int end)
    {
        for (var i = from; i + Block <= folded.Length; i++)
        {
            if (_blocks.TryGetValue(Key(folded[i..]), out var entries) && TryExtend(folded, i, entries, out start, out end))
            {
                return true;
            }
        }

        (start, end) = (0, 0);
        return false;
    }

    /// <summary>
    /// The length of the beginning of a secret that a text ends with, where the rest was cut off; 0 when it ends with none.
    /// </summary>
    public int GetCutLength(ReadOnlySpan<char> folded)
    {
        for (var length = Math.Min(LongestPart, folded.Length); length >= ShortestSecret; length--)
        {
            foreach (var secret in _secrets)
            {
                if (folded[^length..].SequenceEqual(secret.AsSpan(0, Math.Min(length, secret.Length))))
                {
                    return length;
                }
            }
        }

        return 0;
    }

    private static bool TryExtend(ReadOnlySpan<char> text, int at, List<Entry> entries, out int start, out int end)
    {
        (start, end) = (at, at);
        foreach (var (secret, offset, shortest) in entries)
        {
            var before = 0;
            while (before < offset && before < at && text[at - before - 1] == secret[offset - before - 1])
            {
                before++;
            }

            var after = text[at..].CommonPrefixLength(secret.AsSpan(offset));
            if (before + after >= shortest && before + after > end - start)
            {
                (start, end) = (at - before, at + after);
            }
        }

        return end > start;
    }

    private static ulong Key(ReadOnlySpan<char> text) => text[0] | (ulong)text[1] << 16 | (ulong)text[2] << 32 | (ulong)text[3] << 48;

    // Not a record, whose ToString would contain the secret.
    private readonly struct Entry(string secret, int offset, int shortest)
    {
        public void Deconstruct(out string itsSecret, out int itsOffset, out int itsShortest) =>
            (itsSecret, itsOffset, itsShortest) = (secret, offset, shortest);
    }
}
