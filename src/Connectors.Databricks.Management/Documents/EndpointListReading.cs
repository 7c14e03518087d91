using System.Text.Json;

namespace Connectors.Databricks.Management.Documents;

/// <summary>Reads the items of a list each by itself, so that one odd document does not make the list unreadable.</summary>
internal static class EndpointListReading
{
    /// <returns>
    /// The endpoints. One whose document cannot be read has its name, and every other member in
    /// <see cref="EndpointDocument.AdditionalProperties"/>; items without a name are left out.
    /// </returns>
    public static IReadOnlyList<ServingEndpoint> Read(IReadOnlyList<JsonElement>? items)
    {
        List<ServingEndpoint> endpoints = new(items?.Count ?? 0);
        foreach (var item in items ?? [])
        {
            if (Read(item) is { Name.Length: > 0 } endpoint)
            {
                endpoints.Add(endpoint);
            }
        }

        return endpoints;
    }

    private static ServingEndpoint? Read(JsonElement item)
    {
        try
        {
            return item.ValueKind == JsonValueKind.Object ? item.Deserialize(ManagementJsonContext.Default.ServingEndpoint) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return item.TryGetProperty("name"u8, out var name) && name.ValueKind == JsonValueKind.String
                ? new ServingEndpoint
                {
                    Name = name.GetString()!,
                    AdditionalProperties = item.EnumerateObject().Where(member => !member.NameEquals("name"u8))
                        .GroupBy(member => member.Name).ToDictionary(group => group.Key, group => group.Last().Value),
                }
                : null;
        }
    }
}
