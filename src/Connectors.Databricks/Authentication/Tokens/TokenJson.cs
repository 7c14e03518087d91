using System.Text.Json;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>
/// Parses what token services, programs and token files write; some start it with a byte order mark, which JSON parsers reject.
/// </summary>
internal static class TokenJson
{
    private const char Mark = '\uFEFF';

    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonDocument Parse(byte[] document) =>
        JsonDocument.Parse(document.AsMemory(document.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));

    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonDocument Parse(string document) => JsonDocument.Parse(document.AsMemory(document is [Mark, ..] ? 1 : 0));

    /// <summary>A token without the white space and the byte order mark that files and variables put around it.</summary>
    public static string? Trimmed(string? token) => token?.Trim().Trim(Mark).Trim();
}
