using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Discovery.Documents;

/// <summary>Reads of a document that may be shaped otherwise: what is not there, or of another kind, is nothing.</summary>
internal static class JsonElementReading
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    /// <summary>The members of an object, each counted.</summary>
    public static IEnumerable<JsonProperty> Members(this JsonElement element, ItemBudget items) =>
        element.ValueKind == JsonValueKind.Object ? Counted(element.EnumerateObject(), items) : [];

    public static IEnumerable<JsonProperty> Members(this JsonElement element, string name, ItemBudget items) =>
        element.Member(name)?.Members(items) ?? [];

    /// <summary>The items of an array, each counted.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name, ItemBudget items) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? Counted(array.EnumerateArray(), items) : [];

    private static IEnumerable<T> Counted<T>(IEnumerable<T> values, ItemBudget items)
    {
        foreach (var value in values)
        {
            items.Spend();
            yield return value;
        }
    }

    public static string? Text(this JsonElement element, string name) => element.Member(name)?.Text();

    public static string? Text(this JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;
}
