using Connectors.Databricks.AspNetCore.Json;

namespace Connectors.Databricks.AspNetCore.OpenAI.Models;

/// <summary>A model of the list.</summary>
/// <param name="Name">The name of the endpoint or the model service.</param>
/// <param name="CreatedAt">The time of its creation in seconds since 1970; 0 when it is unknown.</param>
internal sealed record ServedModel(string Name, long CreatedAt)
{
    public static ServedModel Of(EndpointProfile profile) =>
        new(profile.Name, profile.Document.Time("creation_timestamp", "create_time")?.ToUnixTimeSeconds() ?? 0);

    /// <summary>Whether an endpoint has one of the routes: chat, Responses or embeddings.</summary>
    public static bool IsServed(EndpointProfile profile) =>
        profile.Mode.Value == EndpointMode.Chat || profile.Mode.Value == EndpointMode.Responses ||
        profile.Mode.Value == EndpointMode.Embedding;
}
