using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management.Documents;

/// <summary>
/// Reads the items of a list individually, so that one invalid document does not fail the whole list. An endpoint whose document cannot be
/// read has its name, and every other member in <see cref="EndpointDocument.AdditionalProperties"/>; items without a name are skipped.
/// </summary>
internal sealed class EndpointListReading : JsonConverter<IReadOnlyList<ServingEndpoint>>
{
    public override IReadOnlyList<ServingEndpoint> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"The endpoints are {reader.TokenType}, not a list.");
        }

        List<ServingEndpoint> endpoints = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadItem(ref reader) is { Name.Length: > 0 } endpoint)
            {
                endpoints.Add(endpoint);
            }
        }

        return endpoints;
    }

    /// <summary>Not supported: lists of endpoints are only read.</summary>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<ServingEndpoint> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Lists of endpoints are only read.");

    private static ServingEndpoint? ReadItem(ref Utf8JsonReader reader)
    {
        var item = reader;
        try
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                return JsonSerializer.Deserialize(ref reader, ManagementJsonContext.Default.ServingEndpoint);
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

    private static ServingEndpoint? NameAndMembers(JsonElement item) =>
        item.TryGetProperty("name"u8, out var name) && name.ValueKind == JsonValueKind.String
            ? new ServingEndpoint
            {
                Name = name.GetString()!,
                AdditionalProperties = item.EnumerateObject().Where(member => !member.NameEquals("name"u8))
                    .GroupBy(member => member.Name).ToDictionary(group => group.Key, group => group.Last().Value),
            }
            : null;
}
