using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.Wire;

/// <summary>Values that are kept as spans of the document until it is known what they are for.</summary>
internal static class RawJson
{
    /// <summary>Advances from a property name to the end of its value, and returns the bytes of the value.</summary>
    public static ReadOnlySpan<byte> NextRaw(this scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> document)
    {
        reader.Read();
        return reader.Raw(document);
    }

    /// <summary>Skips the current value, and returns its bytes.</summary>
    public static ReadOnlySpan<byte> Raw(this scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> document)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return document[start..(int)reader.BytesConsumed];
    }

    public static bool IsText(ReadOnlySpan<byte> raw) => raw is [(byte)'"', ..];

    public static bool IsObject(ReadOnlySpan<byte> raw) => raw is [(byte)'{', ..];

    public static bool IsArray(ReadOnlySpan<byte> raw) => raw is [(byte)'[', ..];

    /// <summary>Whether text is a string without escapes, whose bytes are those of the value.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> raw) => IsText(raw) && raw.IndexOf((byte)'\\') < 0;

    /// <summary>The text of a string, with unpaired halves of surrogate pairs at its ends; null for any other value.</summary>
    public static string? Text(ReadOnlySpan<byte> raw)
    {
        if (!IsText(raw))
        {
            return null;
        }

        if (IsPlain(raw))
        {
            return Encoding.UTF8.GetString(raw[1..^1]);
        }

        var reader = new Utf8JsonReader(raw);
        reader.Read();
        return reader.GetText();
    }

    /// <summary>Whether a value is a string with this text, without creating it; an empty value is an empty text.</summary>
    public static bool IsText(ReadOnlySpan<byte> raw, ReadOnlySpan<char> text)
    {
        if (!IsText(raw))
        {
            return raw.IsEmpty && text.IsEmpty;
        }

        var reader = new Utf8JsonReader(raw);
        reader.Read();
        return reader.MayBeSplit() ? reader.GetText().AsSpan().SequenceEqual(text) : reader.ValueTextEquals(text);
    }

    /// <summary>The text of a string that is not empty; null for any other value.</summary>
    public static string? Name(ReadOnlySpan<byte> raw) => Text(raw) is { Length: > 0 } text ? text : null;
}
