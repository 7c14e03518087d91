using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Surfaces;

/// <summary>Reads model services: names and destinations, and nothing else of their documents.</summary>
internal static class ModelServiceFromWire
{
    /// <summary>Reads a page of the list.</summary>
    public static WorkspacePage<ModelService> ReadPage(JsonElement document) =>
        new([.. Items(document, "model_services").Select(Read).OfType<ModelService>()], NextPageToken(document));

    /// <summary>The token of the next page; null for the last page.</summary>
    public static string? NextPageToken(JsonElement document) =>
        document.TextOf("next_page_token") is { Length: > 0 } token ? token : null;

    /// <returns>The service; null when the document has no name.</returns>
    public static ModelService? Read(JsonElement document) => Without("model-services/", document.TextOf("name")) is { Length: > 0 } name
        ? new ModelService(name,
            [.. Items(document.MemberOf("config").MemberOf("routing"), "destinations").Where(IsKept).Select(ReadDestination)])
        {
            ApiNames = [.. Items(document, "supported_api_types").Where(IsText).Select(static item => ApiNames.Path(item.GetString()!))],
        }
        : null;

    private static bool IsText(JsonElement item) => item.ValueKind == JsonValueKind.String;

    private static ModelDestination ReadDestination(JsonElement destination)
    {
        var throughput = destination.MemberOf("provisioned_throughput_config");
        return new ModelDestination(
            Without("models/", destination.MemberOf("pay_per_token_config").TextOf("model") ?? throughput.TextOf("model"))
                ?? destination.MemberOf("external_model_config").MemberOf("target").TextOf("model"),
            Without("serving-endpoints/", throughput.TextOf("model_serving_endpoint")));
    }

    private static bool IsKept(JsonElement destination) => destination.MemberOf("is_deleted").ValueKind != JsonValueKind.True;

    private static JsonElement.ArrayEnumerator Items(JsonElement document, string name) =>
        document.MemberOf(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default;

    private static string? Without(string prefix, string? name) =>
        name?.StartsWith(prefix, StringComparison.Ordinal) == true ? name[prefix.Length..] : name;
}
