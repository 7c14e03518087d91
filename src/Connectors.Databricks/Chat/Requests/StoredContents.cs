using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>
/// Reads function results that were contents before the history was stored as JSON, so that an image is not sent as text.
/// </summary>
internal static class StoredContents
{
    private static readonly JsonTypeInfo<AIContent> ContentType =
        (JsonTypeInfo<AIContent>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(AIContent));

    /// <returns>The contents, or null when the JSON is a value of the tool.</returns>
    public static List<AIContent>? Read(JsonElement result)
    {
        // Most results are the tool's own JSON: the first item decides, and nothing is copied.
        if (result.ValueKind == JsonValueKind.Array ? result.GetArrayLength() == 0 || !HasType(result[0]) : !HasType(result))
        {
            return null;
        }

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
        if (!HasType(item))
        {
            return null;
        }

        try
        {
            return item.Deserialize(ContentType);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException)
        {
            // A "$type" member of the tool's own value.
            return null;
        }
    }

    private static bool HasType(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("$type"u8, out var type) && type.ValueKind == JsonValueKind.String;
}
