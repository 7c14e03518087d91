using System.Globalization;
using System.Text.Json;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>Reads a token from the responses of token services and programs.</summary>
internal static class TokenFromWire
{
    /// <summary>
    /// The lifetime that is assumed when the response contains none, or one that is not positive: short, so that the token is refreshed
    /// soon.
    /// </summary>
    internal static readonly TimeSpan AssumedLife = TimeSpan.FromMinutes(5);

    private const int LongestType = 16;

    /// <summary>An OAuth token response: <c>access_token</c>, <c>token_type</c>, <c>expires_in</c> in seconds.</summary>
    /// <exception cref="TokenCallException">It has no token, or one of a kind that is not sent as a bearer token.</exception>
    public static DatabricksAccessToken OAuth(JsonElement answer, DateTimeOffset now, string purpose)
    {
        var lives = Number(answer, "expires_in") is > 0 and < int.MaxValue and var seconds ? TimeSpan.FromSeconds(seconds) : AssumedLife;
        return Bearer(answer, "access_token", "token_type", now + lives, purpose);
    }

    /// <summary>Reads a response with the expiration time in seconds since 1970, as of managed identities and metadata services.</summary>
    /// <exception cref="TokenCallException">It has no token, or no expiry that can be read.</exception>
    public static DatabricksAccessToken WithExpiry(JsonElement answer, string purpose)
    {
        if (Number(answer, "expires_on") is not (>= 0 and <= 253_402_300_799 and var epoch))
        {
            throw new TokenCallException($"{purpose}: the response has no 'expires_on' that is a number of seconds since 1970.");
        }

        return Bearer(answer, "access_token", "token_type", DateTimeOffset.FromUnixTimeSeconds(epoch), purpose);
    }

    /// <summary>A token under any names.</summary>
    /// <exception cref="TokenCallException">It has no token, or one of a kind that is not sent as a bearer token.</exception>
    public static DatabricksAccessToken Bearer(
        JsonElement answer, string tokenName, string typeName, DateTimeOffset expiresOn, string purpose)
    {
        // Services write it in any letter case, or leave it out (authentication reference §6).
        if (Text(answer, typeName) is { Length: > 0 } type && !type.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            // Quoted only if it is a word: the response may echo the request.
            var shown = type.Length <= LongestType && type.All(char.IsAsciiLetter) ? $"'{type}'" : "that is no word";
            throw new TokenCallException($"{purpose}: the response has a token of type {shown}; only bearer tokens can be used.");
        }

        return Token(Text(answer, tokenName), expiresOn, tokenName, purpose);
    }

    /// <exception cref="TokenCallException">The text is empty or no token.</exception>
    public static DatabricksAccessToken Token(string? text, DateTimeOffset? expiresOn, string name, string purpose)
    {
        if (string.IsNullOrEmpty(text))
        {
            throw new TokenCallException($"{purpose}: the response has no '{name}'.");
        }

        try
        {
            return new DatabricksAccessToken(text, expiresOn);
        }
        catch (ArgumentException)
        {
            throw new TokenCallException($"{purpose}: '{name}' of the response has characters that no token has.");
        }
    }

    /// <returns>Null when there is none, or none that is a text.</returns>
    public static string? Text(JsonElement answer, string name) => answer.TryGetProperty(name, out var value) ? Text(value) : null;

    /// <returns>Null when it is no text.</returns>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8, as proxies with pages of their own language send them.
            return null;
        }
    }

    /// <summary>A whole number, which services also write as a text or with a fraction; null when there is none.</summary>
    public static long? Number(JsonElement answer, string name)
    {
        if (!answer.TryGetProperty(name, out var value))
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => Text(value),
            _ => null,
        };
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e15
            ? (long)number
            : null;
    }
}
