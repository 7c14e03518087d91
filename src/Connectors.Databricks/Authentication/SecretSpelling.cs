using System.Text;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Authentication;

/// <summary>The pattern of a secret in every form in which an echo may bring it back: as it is, in an address or a form, in JSON, in HTML.</summary>
internal static class SecretSpelling
{
    public static string Pattern(string secret)
    {
        var pattern = new StringBuilder();
        foreach (var rune in secret.EnumerateRunes())
        {
            // Letters and digits of ASCII are written as they are everywhere.
            if (rune.IsAscii && Rune.IsLetterOrDigit(rune))
            {
                pattern.Append((char)rune.Value);
            }
            else
            {
                pattern.Append("(?:").AppendJoin('|', Spellings(rune)).Append(')');
            }
        }

        return pattern.ToString();
    }

    private static IEnumerable<string> Spellings(Rune rune)
    {
        var text = rune.ToString();

        // Before quotes and slashes JSON may write a backslash, JSON within JSON several.
        yield return $@"\\*{Regex.Escape(text)}";

        // %25 is an encoded percent sign: an address within an address.
        yield return string.Concat(Encoding.UTF8.GetBytes(text).Select(octet => $"%(?:25)*{AnyCase(octet.ToString("X2", null))}"));
        yield return string.Concat(text.Select(unit => $@"\\+u{AnyCase(((int)unit).ToString("X4", null))}"));
        yield return $"&#(?:{rune.Value}|[xX]0*{AnyCase(rune.Value.ToString("X", null))});";
        switch (text)
        {
            case " ":
                // A form writes a plus sign, and what is around the form writes that in its own way.
                foreach (var plus in Spellings(new Rune('+')))
                {
                    yield return plus;
                }

                break;
            case "&":
                yield return "&amp;";
                break;
            case "<":
                yield return "&lt;";
                break;
            case ">":
                yield return "&gt;";
                break;
            case "\"":
                yield return "&quot;";
                break;
            case "'":
                yield return "&apos;";
                break;
            case "\n":
                yield return @"\\+n";
                break;
            case "\r":
                yield return @"\\+r";
                break;
            case "\t":
                yield return @"\\+t";
                break;
        }
    }

    private static string AnyCase(string digits) => $"(?i:{digits})";
}
