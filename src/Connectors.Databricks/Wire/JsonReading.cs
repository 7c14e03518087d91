using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Connectors.Databricks.Wire;

/// <summary>
/// Tolerant reads on <see cref="Utf8JsonReader"/>. Methods named Next… stand on a property name and move to its value; a value of
/// another kind than expected is skipped whole, never half read.
/// </summary>
internal static class JsonReading
{
    /// <summary>The byte order mark, which some servers write in front of a document.</summary>
    public static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    /// <summary>Whether an exception says that a document is not what it should be, and not that this program is wrong.</summary>
    /// <remarks>InvalidOperationException is the reader's word for an escape that no text can hold.</remarks>
    public static bool IsUnreadable(Exception exception) => exception is JsonException or InvalidOperationException;

    /// <summary>
    /// The reader looks at the bytes of a string only when it is asked for: a spoiled name would pass for an unknown one.
    /// </summary>
    public static void RequireUtf8(ReadOnlySpan<byte> document)
    {
        if (!Utf8.IsValid(document))
        {
            throw new JsonException("The document is not UTF-8.");
        }
    }

    /// <summary>Whether a text is one JSON document; nothing of it is kept.</summary>
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

    /// <summary>Moves to the next property name of the current object; false at the object's end.</summary>
    public static bool NextProperty(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>
    /// Whether the current property name or string is this text. Like <c>ValueTextEquals</c>, but inlined: against a literal it is a
    /// comparison of lengths and of a word or two, and a chunk is compared with some fifty literals.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(this ref Utf8JsonReader reader, ReadOnlySpan<byte> text) =>
        reader.ValueIsEscaped ? reader.ValueTextEquals(text) : reader.ValueSpan.SequenceEqual(text);

    /// <summary>Moves to the next item of the current array and counts it; false at the array's end.</summary>
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

    /// <summary>Whether the current array has an item here: for a reader that takes one and no more.</summary>
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

    /// <summary>Whether the current value is of a kind; if not, it is skipped.</summary>
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
    /// Skips the value of a member, and tells whether it reports an error. Null, false, an empty text or array, and an object without a value
    /// other than null report none; some gateways write them next to the answer.
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

    /// <summary>A string, or the text of a number or a literal: error codes come as either.</summary>
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

        // Counts such as 3.0 or 1e3 are numbers too.
        return reader.TryGetDouble(out var real) && real is >= long.MinValue and < long.MaxValue ? (long)real : null;
    }

    /// <summary>The value as an element of its own; null for JSON null.</summary>
    public static JsonElement? NextElement(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : JsonElement.ParseValue(ref reader);
    }
}
