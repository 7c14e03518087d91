using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Connectors.Databricks.Wire;

/// <summary>
/// Tolerant reads on <see cref="Utf8JsonReader"/>. Methods named Next… start at a property name and advance to its value; a value of an
/// unexpected kind is skipped as a whole.
/// </summary>
internal static class JsonReading
{
    /// <summary>The byte order mark, which some servers send before a document.</summary>
    public static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    /// <summary>Whether an exception means that a document is malformed, rather than a bug.</summary>
    /// <remarks>The reader throws InvalidOperationException for invalid escapes.</remarks>
    public static bool IsUnreadable(Exception exception) => exception is JsonException or InvalidOperationException;

    /// <summary>
    /// Validates the name: the reader decodes a string only on request, so an invalid name would count as unknown.
    /// </summary>
    public static void RequireUtf8(ReadOnlySpan<byte> document)
    {
        if (!Utf8.IsValid(document))
        {
            throw new JsonException("The document is not UTF-8.");
        }
    }

    /// <summary>Whether a text is a single JSON document.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
                reader.Skip();
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Advances to the next property name of the current object; returns false at its end.</summary>
    public static bool NextProperty(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>
    /// Whether the current property name or string is this text. Like <c>ValueTextEquals</c>, but inlined: with a literal, it
    /// compares the length and one or two words, and a chunk is compared with about fifty literals.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(this ref Utf8JsonReader reader, ReadOnlySpan<byte> text) =>
        reader.ValueIsEscaped ? reader.ValueTextEquals(text) : reader.ValueSpan.SequenceEqual(text);

    /// <summary>Advances to the next item of the current array and counts it; returns false at its end.</summary>
    public static bool NextItem(this ref Utf8JsonReader reader, ItemBudget items)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        items.Spend();
        return true;
    }

    /// <summary>Whether the current array has another item, for readers that read only one.</summary>
    public static bool NextIsItem(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.EndArray;
    }

    public static bool NextIsObject(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.IsOrSkip(JsonTokenType.StartObject);
    }

    public static bool NextIsArray(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.IsOrSkip(JsonTokenType.StartArray);
    }

    /// <summary>Whether the current value is of a kind; otherwise it is skipped.</summary>
    public static bool IsOrSkip(this ref Utf8JsonReader reader, JsonTokenType kind)
    {
        if (reader.TokenType == kind)
        {
            return true;
        }

        reader.Skip();
        return false;
    }

    /// <summary>
    /// Skips the value of a member, and returns whether it reports an error. Null, false, an empty string or array, and an object with only
    /// null values report none; some gateways send them with a response.
    /// </summary>
    public static bool NextIsError(this ref Utf8JsonReader reader, bool isErrorName)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Null or JsonTokenType.False:
                return false;
            case JsonTokenType.String:
                return isErrorName && !reader.ValueSpan.IsEmpty;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var inside = reader;
                reader.Skip();
                return isErrorName && inside.HasValue();
            default:
                return isErrorName;
        }
    }

    // The reader is positioned on the start of an object or an array. An object with null members only has no value.
    private static bool HasValue(this ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null)
            {
                return true;
            }
        }

        return reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray);
    }

    public static string? NextString(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.IsOrSkip(JsonTokenType.String) ? reader.GetString() : null;
    }

    /// <summary>Reads a string, or the text of a number or literal, because error codes are sent as either.</summary>
    public static string? NextScalarText(this ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }

    public static long? NextInt64(this ref Utf8JsonReader reader)
    {
        reader.Read();
        if (!reader.IsOrSkip(JsonTokenType.Number))
        {
            return null;
        }

        if (reader.TryGetInt64(out var whole))
        {
            return whole;
        }

        // Integers such as 3.0 or 1e3.
        return reader.TryGetDouble(out var real) && real is >= long.MinValue and < long.MaxValue ? (long)real : null;
    }

    /// <summary>Reads the value as a separate element, or null for JSON null.</summary>
    public static JsonElement? NextElement(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : JsonElement.ParseValue(ref reader);
    }
}
