using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Wire;

/// <summary>
/// Writes values of the caller: JSON nodes, plain values, nested dictionaries and lists, or custom types.
/// </summary>
internal static class JsonValueToWire
{
    /// <param name="writer">The JSON writer.</param>
    /// <param name="value">The value.</param>
    /// <param name="options">The contracts of the caller.</param>
    /// <param name="allowsNonFinite">Whether NaN and infinity are written as Python reads them; they are an error otherwise.</param>
    /// <exception cref="NotSupportedException"><paramref name="options"/> has no contract for a type.</exception>
    public static void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options, bool allowsNonFinite = false)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case float number:
                WriteReal(writer, number, float.IsFinite(number), allowsNonFinite);
                break;
            case double number:
                WriteReal(writer, number, double.IsFinite(number), allowsNonFinite);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case JsonElement element:
                WriteElement(writer, element);
                break;
            case JsonNode node when allowsNonFinite:
                WriteNode(writer, node, options);
                break;
            case JsonNode node:
                node.WriteTo(writer, options);
                break;
            case JsonDocument document:
                document.RootElement.WriteTo(writer);
                break;
            case IDictionary<string, object?> members:
                WriteMembers(writer, members, options, allowsNonFinite);
                break;
            default:
                WriteOther(writer, value, options, allowsNonFinite);
                break;
        }
    }

    /// <summary>The value as JSON, or null when it cannot be serialized.</summary>
    public static JsonElement? ToElement(object value, JsonSerializerOptions options)
    {
        if (value is JsonElement element)
        {
            return element;
        }

        using var buffer = new SegmentedBuffer();
        try
        {
            using var writer = JsonWriting.CreateWriter(buffer);
            Write(writer, value, options);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            return null;
        }

        var reader = new Utf8JsonReader(buffer.Contiguous());
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>
    /// Whether an exception means that a value cannot be serialized: no contract, NaN, a cycle, or a disposed document.
    /// </summary>
    public static bool IsRefusal(Exception exception) =>
        exception is NotSupportedException or JsonException or ArgumentException or InvalidOperationException;

    /// <summary>Creates the exception that names the value that cannot be serialized.</summary>
    public static NotSupportedException Refusal(string what, Exception exception) =>
        new($"{what} cannot be written as JSON: {exception.Message}", exception);

    /// <summary>
    /// Writes the value, or an error text when it cannot be serialized. For an exception, the message is written, without the stack trace.
    /// </summary>
    public static void WriteOrError(Utf8JsonWriter writer, object? value, JsonSerializerOptions options)
    {
        using var buffer = new SegmentedBuffer();
        try
        {
            using var inner = JsonWriting.CreateWriter(buffer);
            Write(inner, value is Exception failure ? $"Error: {failure.Message}" : value, options);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            writer.WriteStringValue($"Error: This value cannot be written as JSON ({Describe(value)}).");
            return;
        }

        writer.WriteRawValue(buffer.Contiguous(), skipInputValidation: true);
    }

    /// <summary>Describes the type of a value that cannot be serialized.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "null",
        float or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => value.GetType().Name,
    };

    private static void WriteReal<T>(Utf8JsonWriter writer, T number, bool isFinite, bool allowsNonFinite)
    {
        switch (number)
        {
            case float single when allowsNonFinite && NonFiniteNumbers.TryWrite(writer, single):
            case double real when allowsNonFinite && NonFiniteNumbers.TryWrite(writer, real):
                break;
            case float single when isFinite:
                writer.WriteNumberValue(single);
                break;
            case double real when isFinite:
                writer.WriteNumberValue(real);
                break;
            default:
                throw new NotSupportedException($"JSON cannot represent {number}.");
        }
    }

    // A node writes NaN as text, or not at all.
    private static void WriteNode(Utf8JsonWriter writer, JsonNode? node, JsonSerializerOptions options)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    writer.WritePropertyName(name);
                    WriteNode(writer, member, options);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    WriteNode(writer, item, options);
                }

                writer.WriteEndArray();
                break;
            case JsonValue value when value.TryGetValue(out double real) && NonFiniteNumbers.TryWrite(writer, real):
            case JsonValue single when single.TryGetValue(out float number) && NonFiniteNumbers.TryWrite(writer, number):
                break;
            default:
                node.WriteTo(writer, options);
                break;
        }
    }

    private static void WriteElement(Utf8JsonWriter writer, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
        {
            writer.WriteNullValue();
        }
        else
        {
            element.WriteTo(writer);
        }
    }

    private static void WriteMembers(
        Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> members, JsonSerializerOptions options, bool allowsNonFinite)
    {
        writer.WriteStartObject();
        foreach (var (name, member) in members)
        {
            writer.WritePropertyName(name);
            Write(writer, member, options, allowsNonFinite);
        }

        writer.WriteEndObject();
    }

    private static void WriteOther(Utf8JsonWriter writer, object value, JsonSerializerOptions options, bool allowsNonFinite)
    {
        // A contract of the caller takes precedence; lists of values need none.
        if (options.TryGetTypeInfo(value.GetType(), out var typeInfo))
        {
            JsonSerializer.Serialize(writer, value, allowsNonFinite ? PythonContracts.ForWriting(typeInfo) : typeInfo);
            return;
        }

        if (TryWritePlain(writer, value))
        {
            return;
        }

        if (value is IEnumerable<KeyValuePair<string, object?>> members)
        {
            WriteMembers(writer, members, options, allowsNonFinite);
            return;
        }

        if (value is IDictionary dictionary)
        {
            WriteDictionary(writer, dictionary, options, allowsNonFinite);
            return;
        }

        if (value is IEnumerable items)
        {
            writer.WriteStartArray();
            foreach (var item in items)
            {
                Write(writer, item, options, allowsNonFinite);
            }

            writer.WriteEndArray();
            return;
        }

        throw new NotSupportedException(
            $"No JSON contract is known for {value.GetType()}. Pass a JsonElement or JsonNode, or add a source-generated context for " +
            $"the type to {nameof(DatabricksServingOptions)}.{nameof(DatabricksServingOptions.SerializerOptions)}.");
    }

    // Such as the Dictionary<string, string> of a usage context.
    private static void WriteDictionary(
        Utf8JsonWriter writer, IDictionary dictionary, JsonSerializerOptions options, bool allowsNonFinite)
    {
        writer.WriteStartObject();
        foreach (DictionaryEntry entry in dictionary)
        {
            writer.WritePropertyName(
                entry.Key as string ?? throw new NotSupportedException(
                    $"A key of {dictionary.GetType()} is not a string, which JSON member names must be."));
            Write(writer, entry.Value, options, allowsNonFinite);
        }

        writer.WriteEndObject();
    }

    // Less frequent types with a single JSON representation, so that a context of the caller need not list them.
    private static bool TryWritePlain(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case byte or sbyte or short or ushort or uint:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            case ulong number:
                writer.WriteNumberValue(number);
                return true;
            case char or Uri:
                writer.WriteStringValue(value is Uri uri ? uri.OriginalString : value.ToString());
                return true;
            case Guid id:
                writer.WriteStringValue(id);
                return true;
            case DateTime time:
                writer.WriteStringValue(time);
                return true;
            case DateTimeOffset time:
                writer.WriteStringValue(time);
                return true;
            case DateOnly date:
                writer.WriteStringValue(date.ToString("O", CultureInfo.InvariantCulture));
                return true;
            default:
                return false;
        }
    }
}
