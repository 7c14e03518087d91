using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Connectors.Databricks.Management.Json;

/// <summary>Reads the items of a list each by itself, so that one odd item does not make the list unreadable.</summary>
/// <param name="name">The name of the list in the document, for messages.</param>
internal abstract class DocumentListConverter<T>(string name) : JsonConverter<IReadOnlyList<T>>
    where T : EndpointDocument
{
    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"The '{name}' are {reader.TokenType}, not a list.");
        }

        var contract = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        List<T> items = [];
        List<string> unreadable = [];
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (HasNullItem(reader) || !TryRead(ref reader, contract, out var item))
            {
                var element = JsonElement.ParseValue(ref reader);
                item = element.ValueKind == JsonValueKind.Object ? DocumentReading.Read(element, contract) : null;
                if (item is null)
                {
                    unreadable.Add($"{name}[{index}] is {DocumentReading.Described(element)}");
                    continue;
                }
            }

            if (item!.MissingMember is { } missing)
            {
                unreadable.Add($"{name}[{index}] has no '{missing}'");
            }
            else
            {
                items.Add(item);
            }
        }

        return new DocumentList<T>(items) { Unreadable = unreadable };
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var item in value)
        {
            JsonSerializer.Serialize(writer, item, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        }

        writer.WriteEndArray();
    }

    // Most items are read from the buffer as they come, without a copy.
    private static bool TryRead(ref Utf8JsonReader reader, JsonTypeInfo<T> contract, out T? item)
    {
        item = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var start = reader;
        try
        {
            item = JsonSerializer.Deserialize(ref reader, contract);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            reader = start;
            return false;
        }
    }

    // Whether any list below has a null, which must be named; a copy of the reader is passed.
    private static bool HasNullItem(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var end = reader.CurrentDepth;
        var previous = reader.TokenType;
        while (reader.Read() && reader.CurrentDepth > end)
        {
            if (reader.TokenType == JsonTokenType.Null && previous != JsonTokenType.PropertyName)
            {
                return true;
            }

            previous = reader.TokenType;
        }

        return false;
    }
}
