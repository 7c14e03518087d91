using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Json;

/// <summary>Reads members of untrusted documents: a member of the wrong type counts as absent.</summary>
internal static class JsonMembers
{
    public static string? Text(this JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static string? Text(this JsonObject json, string name) => json[name].Text();

    public static double? Number(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? double.Parse(
            value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) : null;

    public static int? Integer(this JsonObject json, string name) =>
        json.Number(name) is double number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;

    public static bool? Flag(this JsonObject json, string name) =>
        json[name]?.GetValueKind() switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    public static JsonObject? Object(this JsonObject json, string name) => json[name] as JsonObject;

    public static IEnumerable<JsonObject> Objects(this JsonObject json, string name) =>
        json[name] is JsonArray array ? array.OfType<JsonObject>() : [];

    public static bool IsGiven(this JsonObject json, string name) => json[name] is not null;
}
