using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Discovery.Documents;

/// <summary>Reads <c>supported_api_types</c> and <c>api_types</c>; items that are no text are left out.</summary>
internal static class ApiTypes
{
    public static IReadOnlyList<ServingApi> Read(JsonElement element, string name) =>
        [.. element.TolerantItems(name).Select(Read).OfType<ServingApi>().Distinct()];

    private static ServingApi? Read(JsonElement item) =>
        item.TolerantText() is { } text && !string.IsNullOrWhiteSpace(text) ? new ServingApi(ApiNames.Path(text)) : null;
}
