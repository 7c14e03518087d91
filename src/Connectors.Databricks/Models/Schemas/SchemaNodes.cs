using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>Small readings of a schema's tree.</summary>
internal static class SchemaNodes
{
    public static JsonElement ToElement(JsonNode node)
    {
        using var buffer = new SegmentedBuffer();
        using (var writer = JsonWriting.CreateWriter(buffer))
        {
            node.WriteTo(writer);
        }

        var reader = new Utf8JsonReader(buffer.Contiguous());
        return JsonElement.ParseValue(ref reader);
    }

    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The schema that a local reference such as <c>#/$defs/Point</c> leads to; null when it leads nowhere here.</summary>
    public static JsonObject? Resolve(JsonObject root, string reference)
    {
        if (!reference.StartsWith('#'))
        {
            return null;
        }

        JsonNode? node = root;
        foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node switch
            {
                JsonObject members => members[name],
                JsonArray items when int.TryParse(name, out var index) && index >= 0 && index < items.Count => items[index],
                _ => null,
            };
        }

        return node as JsonObject;
    }
}
