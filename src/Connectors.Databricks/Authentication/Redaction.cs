using System.Text.RegularExpressions;

namespace Connectors.Databricks.Authentication;

/// <summary>
/// Strikes secrets out of texts that others wrote: error bodies, and what programs print. Services echo what they were sent.
/// </summary>
internal sealed partial class Redaction(IEnumerable<string> secrets)
{
    private const string Mask = "***";

    // Below this length a "secret" is part of ordinary words, and striking it out would only make the text unreadable.
    private const int ShortestSecret = 4;

    private const int LongestText = 1024;

    // More is not read: some patterns take the square of a run of blanks or backslashes, and an answer may have a million of them.
    private const int LongestRead = 8 * 1024;

    private readonly string[] _secrets =
        [.. secrets.Select(secret => secret.Trim()).Where(secret => secret.Length >= ShortestSecret).Distinct().OrderByDescending(secret => secret.Length)];

    private Regex[]? _spellings;

    /// <summary>One that knows more secrets.</summary>
    public Redaction And(params IEnumerable<string?> more) => new(_secrets.Concat(more.OfType<string>()));

    /// <summary>The text without secrets, on one line, at most 1,024 characters.</summary>
    public string Clean(string text)
    {
        var isCut = text.Length > LongestRead;
        text = isCut ? text[..LongestRead] : text;
        _spellings ??= [.. _secrets.Select(secret => new Regex(SecretSpelling.Pattern(secret), RegexOptions.CultureInvariant))];
        foreach (var spelling in _spellings)
        {
            text = spelling.Replace(text, Mask);
        }

        text = TokenLike().Replace(LineBreaks().Replace(text.Trim(), " "), Mask);
        if (isCut && text.Length < LongestRead / 2)
        {
            // Half a secret may stand at the cut, and so much was struck out before it that it might be shown.
            return Mask;
        }

        return text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText - 1), "…");
    }

    // The last line of defence: personal access tokens, OAuth secrets, JSON web tokens (encrypted ones have five parts), and what follows
    // the name of a scheme and is too long for a word, whoever's they are.
    [GeneratedRegex(
        @"\bdapi[0-9a-fA-F]{8,}(-\d+)?|\bdose[0-9a-fA-F]{8,}|\beyJ[\w-]{5,}\.[\w-]*(?:\.[\w-]*){1,3}|(?<=\b(?i:bearer|basic)\s+)[\w.~+/=-]{20,}")]
    private static partial Regex TokenLike();

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex LineBreaks();
}
