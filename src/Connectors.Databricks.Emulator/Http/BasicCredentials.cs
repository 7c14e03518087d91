using System.Text;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>Reads an <c>Authorization</c> header of the scheme Basic (RFC 7617).</summary>
internal static class BasicCredentials
{
    private const string Scheme = "Basic ";

    /// <returns>The user and password; null for other schemes.</returns>
    public static (string User, string Password)? Read(string authorization)
    {
        Span<byte> decoded = new byte[authorization.Length];
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(authorization[Scheme.Length..].Trim(), decoded, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(decoded[..length]);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (pair[..colon], pair[(colon + 1)..]);
    }
}
