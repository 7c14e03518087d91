using System.Text.Json;

namespace Connectors.Databricks.Discovery.Documents;

/// <summary>Reads <c>supported_api_types</c> and <c>api_types</c>; items that are no text are left out.</summary>
internal static class ApiTypes
{
    public static IReadOnlyList<ServingApi> Read(JsonElement element, string name) =>
        [.. element.TolerantItems(name).Select(Read).OfType<ServingApi>().Distinct()];

    // Clients of the gateway also know a short name [goose].
    private static ServingApi? Read(JsonElement item)
    {
        var text = item.TolerantText();
        return string.IsNullOrWhiteSpace(text) ? null
            : text.Equals("chat", StringComparison.OrdinalIgnoreCase) ? ServingApi.ChatCompletions
            : new ServingApi(text);
    }
}
