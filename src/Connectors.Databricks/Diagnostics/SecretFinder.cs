using System.Text;

namespace Connectors.Databricks.Diagnostics;

/// <summary>Finds where in a text secrets are, in any encoding: escaped, base64, hexadecimal, UTF-16, or one of these in another.</summary>
internal sealed class SecretFinder(SecretIndex index)
{
    // Shorter ones hold no secret that is worth the search.
    private const int ShortestRun = 10;

    /// <summary>Base64 or hexadecimal within base64 within a text.</summary>
    private const int MaxNesting = 2;

    /// <summary>The parts of a text that are secrets, in order of their start; they may overlap.</summary>
    public List<(int Start, int End)> Find(string text, bool isCut)
    {
        var decoded = DecodedText.From(text);
        var folded = SecretIndex.Fold(decoded.Text);
        var found = new List<(int Start, int End)>();
        for (var from = 0; index.TryFind(folded, from, out var start, out var end); from = end)
        {
            found.Add(decoded.GetSource(start, end));
        }

        if (isCut && index.GetCutLength(folded) is > 0 and var length)
        {
            found.Add(decoded.GetSource(folded.Length - length, folded.Length));
        }

        foreach (var (start, end) in Runs(decoded.Text))
        {
            if (HoldsSecret(decoded.Text.AsSpan(start, end - start), nesting: 1))
            {
                var padded = end;
                while (padded < decoded.Text.Length && decoded.Text[padded] == '=')
                {
                    padded++;
                }

                found.Add(decoded.GetSource(start, padded));
            }
        }

        found.Sort();
        return found;
    }

    private bool HoldsSecret(ReadOnlySpan<char> run, int nesting)
    {
        // The start of the encoded bytes is unknown: characters of the same alphabet may precede them.
        for (var phase = 0; phase < 4 && run.Length - phase >= ShortestRun - 3; phase++)
        {
            if (DecodedHoldsSecret(Decode(run[phase..]), nesting))
            {
                return true;
            }
        }

        return HexHoldsSecret(run, nesting);
    }

    private bool DecodedHoldsSecret(string decoded, int nesting)
    {
        var text = DecodedText.From(decoded).Text;
        if (index.TryFind(SecretIndex.Fold(text), 0, out _, out _))
        {
            return true;
        }

        foreach (var (start, end) in nesting < MaxNesting ? Runs(text) : [])
        {
            if (HoldsSecret(text.AsSpan(start, end - start), nesting + 1))
            {
                return true;
            }
        }

        return false;
    }

    // Digits in a row, and with a hyphen after every octet, as BitConverter writes them.
    private bool HexHoldsSecret(ReadOnlySpan<char> run, int nesting)
    {
        var digits = new char[run.Length];
        var count = 0;
        foreach (var character in run)
        {
            if (char.IsAsciiHexDigit(character))
            {
                digits[count++] = character;
            }
            else if (character != '-')
            {
                if (Holds(digits.AsSpan(0, count)))
                {
                    return true;
                }

                count = 0;
            }
        }

        return Holds(digits.AsSpan(0, count));

        // The start of an octet is unknown.
        bool Holds(ReadOnlySpan<char> hex) => hex.Length >= ShortestRun
            && (DecodedHoldsSecret(DecodeHex(hex), nesting) || DecodedHoldsSecret(DecodeHex(hex[1..]), nesting));
    }

    private static List<(int Start, int End)> Runs(string text)
    {
        var runs = new List<(int Start, int End)>();
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '+' or '/' or '-' or '_'))
            {
                end++;
            }

            if (end - start >= ShortestRun)
            {
                runs.Add((start, end));
            }

            start = end + 1;
        }

        return runs;
    }

    private static string DecodeHex(ReadOnlySpan<char> digits) =>
        Encoding.UTF8.GetString(Convert.FromHexString(digits[..(digits.Length / 2 * 2)]));

    private static string Decode(ReadOnlySpan<char> run)
    {
        // The last group may lack its padding.
        var characters = new char[(run.Length + 3) / 4 * 4];
        run.CopyTo(characters);
        characters.AsSpan(run.Length).Fill('A');
        characters.AsSpan().Replace('-', '+');
        characters.AsSpan().Replace('_', '/');
        var bytes = Convert.FromBase64CharArray(characters, 0, characters.Length);
        return Encoding.UTF8.GetString(bytes);
    }
}
