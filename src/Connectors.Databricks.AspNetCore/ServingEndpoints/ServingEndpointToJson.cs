using System.Text.Json;
using Connectors.Databricks.AspNetCore.Routing;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>
/// Writes endpoints, without the creator, who is a person, the URL, which has the host, environment variables and the configuration of
/// providers.
/// </summary>
internal sealed class ServingEndpointToJson(bool includesServiceMessages)
{
    private const int MaxTags = 100;

    public static string StateOf(EndpointProfile profile) => JsonNamingPolicy.CamelCase.ConvertName(profile.Readiness.ToString());

    public static void WriteList(Utf8JsonWriter writer, IReadOnlyList<EndpointProfile> profiles)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("endpoints"u8);
        foreach (var profile in profiles)
        {
            writer.WriteStartObject();
            WriteSummary(writer, profile);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public void Write(Utf8JsonWriter writer, EndpointDetails details)
    {
        var profile = details.Profile;
        writer.WriteStartObject();
        WriteSummary(writer, profile);
        if (profile.Description is { Length: > 0 } description)
        {
            writer.WriteString("description"u8, SecretText.Of(description));
        }

        if (profile.Tags.Count > 0)
        {
            writer.WriteStartArray("tags"u8);
            foreach (var (key, value) in profile.Tags.Take(MaxTags))
            {
                writer.WriteStartObject();
                writer.WriteString("key"u8, SecretText.Of(key));
                writer.WriteString("value"u8, value is null ? null : SecretText.OfTag(key, value));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        ServedEntitiesToJson.Write(writer, profile.Document, includesServiceMessages);
        if (details.Signature is { Paths.Count: > 0 } signature)
        {
            ServingSignatureToJson.Write(writer, signature);
        }

        writer.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter writer, EndpointProfile profile)
    {
        writer.WriteString("name"u8, profile.Name);
        writer.WriteString("state"u8, StateOf(profile));
        writer.WriteBoolean("isReady"u8, profile.IsReady);
        writer.WriteBoolean("isUpdating"u8, profile.IsUpdating);
        writer.WriteString("kind"u8, profile.Kind.Value.ToString());
        writer.WriteString("mode"u8, profile.Mode.Value.ToString());
        if (profile.Task.IsKnown)
        {
            writer.WriteString("task"u8, profile.Task.Value.Value);
        }

        if (ServedEntitiesToJson.CreatedAt(profile.Document) is { } created)
        {
            writer.WriteString("createdAt"u8, created);
        }
    }
}
