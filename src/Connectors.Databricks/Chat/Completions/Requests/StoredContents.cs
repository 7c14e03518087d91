using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Requests;

/// <summary>
/// Knows a function result again that was contents before its history was stored as JSON: an image must not go out as text.
/// </summary>
internal static class StoredContents
{
    private static readonly JsonTypeInfo<AIContent> ContentType =
        (JsonTypeInfo<AIContent>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(AIContent));

    /// <returns>The contents; null for JSON of the tool's own.</returns>
    public static List<AIContent>? Read(JsonElement result)
    {
        var items = result.ValueKind == JsonValueKind.Array ? [.. result.EnumerateArray()] : new List<JsonElement> { result };
        var contents = new List<AIContent>(items.Count);
        foreach (var item in items)
        {
            if (ReadOne(item) is not { } content || !ContentRules.IsSupported(content))
            {
                return null;
            }

            contents.Add(content);
        }

        return contents.Count > 0 ? contents : null;
    }

    private static AIContent? ReadOne(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("$type"u8, out var type) || type.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return item.Deserialize(ContentType);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException)
        {
            // The tool's own "$type", as other serializers write it too.
            return null;
        }
    }
}
