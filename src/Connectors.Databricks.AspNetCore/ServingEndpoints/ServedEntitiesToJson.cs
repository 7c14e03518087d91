using System.Text.Json;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.Routing;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>
/// Writes what an endpoint serves, from the document of the service. A member of another JSON type than expected counts as absent.
/// </summary>
internal static class ServedEntitiesToJson
{
    /// <summary>More than an endpoint can serve.</summary>
    private const int MaxEntities = 50;

    public static DateTimeOffset? CreatedAt(JsonElement document) =>
        Member(document, "creation_timestamp") is { ValueKind: JsonValueKind.Number } stamp && stamp.TryGetInt64(out var milliseconds) &&
        milliseconds >= 0 && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    public static void Write(Utf8JsonWriter writer, JsonElement document, bool includesMessages)
    {
        // Before its first deployment has ended, an endpoint has a pending configuration only.
        var config = Member(document, "config") ?? Member(document, "pending_config");
        if (Member(config, "served_entities") is not { ValueKind: JsonValueKind.Array } entities)
        {
            return;
        }

        writer.WriteStartArray("servedEntities"u8);
        foreach (var entity in entities.EnumerateArray().Take(MaxEntities))
        {
            writer.WriteStartObject();
            WriteText(writer, "name", Member(entity, "name"));
            WriteText(
                writer, "model",
                Member(Member(entity, "external_model"), "name") ?? Member(Member(entity, "foundation_model"), "name")
                    ?? Member(entity, "entity_name"));
            WriteText(writer, "version", Member(entity, "entity_version"));
            WriteText(writer, "workloadSize", Member(entity, "workload_size"));
            if (Member(entity, "scale_to_zero_enabled") is { ValueKind: JsonValueKind.True or JsonValueKind.False } scales)
            {
                writer.WriteBoolean("scaleToZero"u8, scales.GetBoolean());
            }

            WriteTraffic(writer, config, Member(entity, "name"));
            WriteText(writer, "deployment", Member(Member(entity, "state"), "deployment"));
            if (includesMessages)
            {
                WriteText(writer, "deploymentMessage", Member(Member(entity, "state"), "deployment_state_message"));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTraffic(Utf8JsonWriter writer, JsonElement? config, JsonElement? name)
    {
        if (Text(name) is not { } served ||
            Member(Member(config, "traffic_config"), "routes") is not { ValueKind: JsonValueKind.Array } routes)
        {
            return;
        }

        var share = routes.EnumerateArray().Take(MaxEntities)
            .FirstOrDefault(route => Text(Member(route, "served_entity_name") ?? Member(route, "served_model_name")) == served);
        if (Member(share, "traffic_percentage") is { ValueKind: JsonValueKind.Number } percentage && percentage.TryGetInt32(out var number))
        {
            writer.WriteNumber("trafficPercentage"u8, number);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (Text(value) is { Length: > 0 } text)
        {
            writer.WriteString(name, SecretText.Of(text));
        }
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var member) &&
        member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    private static string? Text(JsonElement? value) => value?.AsText();
}
