using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>Unsigned JSON Web Tokens.</summary>
internal static class Jwt
{
    private static readonly JsonObject Header = new() { ["alg"] = "none", ["typ"] = "JWT" };

    /// <summary>Writes three parts, as clients that parse a JWT expect; the third is not a signature.</summary>
    public static string Write(JsonObject claims) =>
        string.Join('.', Encode(CompactJson.Write(Header)), Encode(CompactJson.Write(claims)), Encode("emulator"));

    /// <summary>Reads the claims without verification; null when the text is not a JWT.</summary>
    public static JsonObject? ReadClaims(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(Base64Url.DecodeFromChars(parts[1])) as JsonObject;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
