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

    private readonly string[] _secrets =
        [.. secrets.SelectMany(Spellings).Where(secret => secret.Length >= ShortestSecret).Distinct().OrderByDescending(secret => secret.Length)];

    /// <summary>One that knows more secrets.</summary>
    public Redaction And(params IEnumerable<string?> more) => new(_secrets.Concat(more.OfType<string>()));

    /// <summary>The text without secrets, on one line, at most 1,024 characters.</summary>
    public string Clean(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }

        text = TokenLike().Replace(LineBreaks().Replace(text.Trim(), " "), Mask);
        return text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText - 1), "…");
    }

    private static IEnumerable<string> Spellings(string secret) =>
    [
        secret,
        Uri.EscapeDataString(secret),
        System.Text.Encodings.Web.JavaScriptEncoder.Default.Encode(secret),
    ];

    // The last line of defence: personal access tokens, OAuth secrets, JSON web tokens, whoever's they are.
    [GeneratedRegex(@"\bdapi[0-9a-fA-F]{8,}(-\d+)?|\bdose[0-9a-fA-F]{8,}|\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*")]
    private static partial Regex TokenLike();

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex LineBreaks();
}
