using System.Security.Cryptography;
using System.Text;
using Connectors.Databricks.ModelRecords;

namespace Connectors.Databricks.Models;

/// <summary>Checks tool names against the rule of a host, and derives names that every host accepts.</summary>
internal static class ToolNameRules
{
    /// <summary>
    /// The maximum length on every host: Amazon Bedrock ([issue awslabs/mcp#3181]), OpenAI ([issue mrexodia/ida-pro-mcp#129]) and Google
    /// ([issue cline/cline#7339]).
    /// </summary>
    private const int MaxLength = 64;

    private const int HashLength = 8;

    public static bool Fits(ToolNaming naming, string name)
    {
        var isGoogle = naming == ToolNaming.Google;
        if (!isGoogle && naming != ToolNaming.OpenAI)
        {
            return true;
        }

        if (name.Length is 0 or > MaxLength || (isGoogle && !IsFirst(name[0])))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!IsSafe(c) && !(isGoogle && c is '.' or ':'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Returns a name that every host accepts. It depends only on the original name, so that it is the same in each turn, whatever tools
    /// are offered; the hash keeps names apart that differ only in replaced or truncated characters.
    /// </summary>
    public static string Fit(string name, int attempt = 0)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(attempt == 0 ? name : $"{name}#{attempt}"));
        var fitted = new StringBuilder(MaxLength);
        if (name.Length == 0 || !IsFirst(name[0]))
        {
            fitted.Append('_');
        }

        foreach (var c in name)
        {
            if (fitted.Length >= MaxLength - HashLength - 1)
            {
                break;
            }

            fitted.Append(IsSafe(c) ? c : '_');
        }

        return fitted.Append('_').Append(Convert.ToHexString(hash.AsSpan(0, HashLength / 2))).ToString();
    }

    private static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private static bool IsFirst(char c) => char.IsAsciiLetter(c) || c == '_';
}
