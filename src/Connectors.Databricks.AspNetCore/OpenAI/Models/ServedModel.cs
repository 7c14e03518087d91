using System.Text.Json;

namespace Connectors.Databricks.AspNetCore.OpenAI.Models;

/// <summary>A model of the list.</summary>
/// <param name="Name">The name of the endpoint or the model service.</param>
/// <param name="CreatedAt">The time of its creation in seconds since 1970; 0 when it is unknown.</param>
internal sealed record ServedModel(string Name, long CreatedAt)
{
    public static ServedModel Of(EndpointProfile profile) => new(profile.Name, CreatedAtOf(profile.Document));

    // Endpoints have milliseconds; model services have an RFC 3339 text.
    private static long CreatedAtOf(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object)
        {
            return 0;
        }

        if (document.TryGetProperty("creation_timestamp", out var stamp) && stamp.ValueKind == JsonValueKind.Number &&
            stamp.TryGetInt64(out var milliseconds))
        {
            return milliseconds / 1000;
        }

        return document.TryGetProperty("create_time", out var time) && time.ValueKind == JsonValueKind.String &&
            time.TryGetDateTimeOffset(out var created)
                ? created.ToUnixTimeSeconds()
                : 0;
    }

    /// <summary>Whether an endpoint has one of the routes: chat, Responses or embeddings.</summary>
    public static bool IsServed(EndpointProfile profile) =>
        profile.Mode.Value == EndpointMode.Chat || profile.Mode.Value == EndpointMode.Responses ||
        profile.Mode.Value == EndpointMode.Embedding;
}
