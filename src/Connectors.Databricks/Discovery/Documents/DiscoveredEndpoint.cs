using System.Text.Json;

namespace Connectors.Databricks.Discovery.Documents;

/// <summary>
/// What discovery reads in the document of an endpoint. A member of another kind than expected counts as absent: one odd member must not
/// make an endpoint, or a list, unreadable.
/// </summary>
internal sealed class DiscoveredEndpoint
{
    private DiscoveredEndpoint(string name, JsonElement document)
    {
        Name = name;
        Document = document;
        Id = document.TolerantText("id");
        Task = document.TolerantText("task");
        Creator = document.TolerantText("creator");
        Description = document.TolerantText("description");
        PermissionLevel = document.TolerantText("permission_level");
        Ready = document.Member("state")?.TolerantWord("ready");
        ConfigUpdate = document.Member("state")?.TolerantWord("config_update");
        Tags = ReadTags(document);
        Config = DiscoveredConfig.Read(document.Member("config"));
        PendingConfig = DiscoveredConfig.Read(document.Member("pending_config"));
    }

    public string Name { get; }

    /// <summary>The document as the service sent it.</summary>
    public JsonElement Document { get; }

    public string? Id { get; }

    public string? Task { get; }

    public string? Creator { get; }

    public string? Description { get; }

    public string? PermissionLevel { get; }

    /// <summary><c>state.ready</c>.</summary>
    public string? Ready { get; }

    /// <summary><c>state.config_update</c>.</summary>
    public string? ConfigUpdate { get; }

    public IReadOnlyList<KeyValuePair<string, string?>> Tags { get; }

    public DiscoveredConfig? Config { get; }

    public DiscoveredConfig? PendingConfig { get; }

    public bool IsReady => Ready is EndpointWords.Ready;

    public bool IsUpdating => ConfigUpdate is EndpointWords.InProgress;

    /// <summary>The served entities; those of the pending configuration before the first deployment is done.</summary>
    public IReadOnlyList<DiscoveredEntity> ServedOrPending => (Config ?? PendingConfig)?.Entities ?? [];

    /// <summary>Reads a document that has a name; null otherwise.</summary>
    public static DiscoveredEndpoint? Read(JsonElement document) =>
        document.TolerantText("name") is { Length: > 0 } name ? new DiscoveredEndpoint(name, document) : null;

    /// <summary>An endpoint of which only this much is known.</summary>
    public static DiscoveredEndpoint Of(string name, JsonElement document) => new(name, document);

    private static List<KeyValuePair<string, string?>> ReadTags(JsonElement document)
    {
        List<KeyValuePair<string, string?>> tags = [];
        foreach (var tag in document.TolerantItems("tags"))
        {
            if (tag.TolerantText("key") is { Length: > 0 } key)
            {
                tags.Add(new(key, tag.TolerantText("value")));
            }
        }

        return tags;
    }
}
