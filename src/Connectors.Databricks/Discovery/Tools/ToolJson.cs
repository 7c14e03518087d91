using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Connectors.Databricks.Discovery.Tools;

/// <summary>Creates elements that need not be disposed.</summary>
internal static class ToolJson
{
    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>How many characters a text takes in a result.</summary>
    public static int LengthOf(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text).Length;

    /// <summary>The first characters of a text, without half of a surrogate pair.</summary>
    public static string Prefix(string text, int length) =>
        length >= text.Length ? text
        : length > 0 && char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)]
        : text[..length];

    /// <summary>
    /// Cuts a text that would take more than <paramref name="maxLength"/> characters of a result, and notes its original length.
    /// </summary>
    public static string Shorten(string text, int maxLength)
    {
        var shortened = Prefix(text, maxLength);
        while (LengthOf(shortened) is var length && length > maxLength)
        {
            shortened = Prefix(shortened, (int)((long)shortened.Length * maxLength / length));
        }

        return shortened.Length == text.Length
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{shortened}… ({text.Length} characters in all)");
    }
}
