using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>JSON Web Tokens that nobody signed.</summary>
internal static class Jwt
{
    private static readonly JsonObject Header = new() { ["alg"] = "none", ["typ"] = "JWT" };

    /// <summary>Three parts, as clients that look for a JWT expect; the third is no signature.</summary>
    public static string Write(JsonObject claims)
        => string.Join('.', Encode(CompactJson.Write(Header)), Encode(CompactJson.Write(claims)), Encode("emulator"));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
