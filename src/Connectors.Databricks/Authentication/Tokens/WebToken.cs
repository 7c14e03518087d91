using System.Text.Json;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>Reads claims of a JSON web token, without judging it: that is for the one it is sent to.</summary>
internal static class WebToken
{
    /// <summary>The scopes of a token; null if it is not a JWT, or has no scope claim.</summary>
    public static IReadOnlyList<string>? Scopes(string token) => Claim(token, "scope") switch
    {
        { ValueKind: JsonValueKind.String } text => TokenFromWire.Text(text)?.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(TokenFromWire.Text).OfType<string>()],
        _ => null,
    };

    private static JsonElement? Claim(string token, string name)
    {
        if (token.Split('.') is not [_, var payload, _])
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(Decoded(payload));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var value)
                ? value.Clone()
                : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    private static byte[] Decoded(string base64Url)
    {
        var text = base64Url.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
    }
}
