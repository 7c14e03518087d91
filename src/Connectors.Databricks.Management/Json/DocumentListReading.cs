using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Connectors.Databricks.Management.Json;

/// <summary>
/// Reads the items of a list individually, so that one invalid document does not fail the whole list. An item whose document cannot be
/// read has its name, and every other member in <see cref="EndpointDocument.AdditionalProperties"/>; items without a name are skipped.
/// </summary>
/// <param name="what">What the items are, for messages.</param>
internal abstract class DocumentListReading<T>(string what) : JsonConverter<IReadOnlyList<T>>
    where T : EndpointDocument
{
    protected abstract JsonTypeInfo<T> Contract { get; }

    protected abstract string NameOf(T document);

    protected abstract T Unread(string name, IReadOnlyDictionary<string, JsonElement> members);

    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"The {what} are {reader.TokenType}, not a list.");
        }

        List<T> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadItem(ref reader) is { } item && NameOf(item).Length > 0)
            {
                items.Add(item);
            }
        }

        return items;
    }

    /// <summary>Not supported: lists are only read.</summary>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) =>
        throw new NotSupportedException($"Lists of {what} are only read.");

    private T? ReadItem(ref Utf8JsonReader reader)
    {
        var item = reader;
        try
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                return JsonSerializer.Deserialize(ref reader, Contract);
            }

            reader.Skip();
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            reader = item;
            return NameAndMembers(JsonElement.ParseValue(ref reader));
        }
    }

    private T? NameAndMembers(JsonElement item) =>
        item.TryGetProperty("name"u8, out var name) && name.ValueKind == JsonValueKind.String
            ? Unread(name.GetString()!, item.EnumerateObject().Where(member => !member.NameEquals("name"u8))
                .GroupBy(member => member.Name).ToDictionary(group => group.Key, group => group.Last().Value))
            : null;
}
