using System.Text.Json;

namespace Connectors.Databricks.Wire;

/// <summary>Tolerant reads of a parsed document: a member of another kind is a missing one.</summary>
internal static class JsonElements
{
    /// <returns>The member; an undefined element when there is none, or when the element is not an object.</returns>
    public static JsonElement MemberOf(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <returns>The text of a member; null when it is not a string.</returns>
    public static string? TextOf(this JsonElement element, string name) =>
        element.MemberOf(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
