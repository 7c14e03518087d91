using System.Text.RegularExpressions;

namespace Connectors.Databricks.AspNetCore.ModelHub;

/// <summary>
/// Masks what looks like a secret in the texts that users of the workspace write, such as descriptions and tags. Members that are meant for
/// secrets are not read at all.
/// </summary>
internal static partial class SecretText
{
    private const string Mask = "***";
    private const int MaxLength = 2_000;

    public static string Of(string text)
    {
        // A text is cut after it was searched: the rest of a secret would not look like one.
        var masked = SecretLike().Replace(text.Length > 4 * MaxLength ? text[..(4 * MaxLength)] : text, Mask);
        return masked.Length <= MaxLength ? masked : $"{masked.AsSpan(0, MaxLength)}…";
    }

    // Tokens of Databricks, JSON web tokens, keys of model providers and clouds, what follows a scheme, and users in URLs.
    [GeneratedRegex(
        @"\bdapi[0-9a-fA-F]{8,}(?:-\d+)?|\bdose[0-9a-fA-F]{8,}|\bdkea[0-9a-fA-F]{8,}|\beyJ[\w-]{5,4000}\.[\w-]*(?:\.[\w-]*){1,3}" +
        @"|\bsk-[\w-]{16,}|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_\w{20,}|\bAIza[\w-]{30,}|\bxox[abprs]-[\w-]{10,}" +
        @"|(?<=\b(?i:bearer|basic)\s{1,8})[\w.~+/=-]{20,}|(?<=\b(?i:https?):[/\\]{2})[^/\\?#\s""'<>]+@" +
        @"|(?<=\b(?i:password|api[_-]?key|client[_-]?secret|access[_-]?token)\s{0,4}[=:]\s{0,4})\S{4,}")]
    private static partial Regex SecretLike();
}
