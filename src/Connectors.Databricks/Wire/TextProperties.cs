using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Wire;

/// <summary>Reads text properties of contents and responses, live or out of a conversation that was stored as JSON.</summary>
internal static class TextProperties
{
    /// <returns>The text; null when the property is missing or of another kind.</returns>
    public static string? In(AdditionalPropertiesDictionary? properties, string name) =>
        properties?.TryGetValue(name, out var value) is not true ? null :
        value is JsonElement { ValueKind: JsonValueKind.String } element ? element.GetString() : value as string;
}
