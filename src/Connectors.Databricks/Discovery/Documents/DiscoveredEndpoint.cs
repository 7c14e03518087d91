using System.Text.Json;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Discovery.Documents;

/// <summary>
/// What discovery reads in the document of an endpoint or of a model service. A member of another kind than expected counts as absent: one
/// odd member must not make an endpoint, or a list, unreadable.
/// </summary>
internal sealed class DiscoveredEndpoint
{
    private const string ServicePrefix = "model-services/";

    private DiscoveredEndpoint(string name, JsonElement document, bool isModelService)
    {
        Name = name;
        Document = document;
        Tags = [];
        if (isModelService)
        {
            IsModelService = true;
            Creator = document.TolerantText("effective_owner") ?? document.TolerantText("owner");
            Description = document.TolerantText("comment");
            ApiTypes = Documents.ApiTypes.Read(document, "supported_api_types");
            Config = DiscoveredConfig.ReadRouting(document.Member("config"));

            // The document has no state: a service is ready if it has a destination.
            Ready = Config is { Entities.Count: 0 } ? EndpointWords.NotReady : EndpointWords.Ready;
            ConfigUpdate = EndpointWords.NotUpdating;
            return;
        }

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

    public bool IsModelService { get; }

    /// <summary>The APIs that a model service reports; those of an endpoint are with its served entities.</summary>
    public IReadOnlyList<ServingApi> ApiTypes { get; } = [];

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

    /// <summary>Reads the document of an endpoint that has a name; null otherwise.</summary>
    public static DiscoveredEndpoint? Read(JsonElement document) =>
        document.TolerantText("name") is { Length: > 0 } name ? new DiscoveredEndpoint(name, document, isModelService: false) : null;

    /// <summary>Reads the document of a model service that has a name of three parts or more; null otherwise.</summary>
    public static DiscoveredEndpoint? ReadService(JsonElement document) =>
        DestinationReading.Without(ServicePrefix, document.TolerantText("name")) is { } name && ErrorKinds.IsUnityCatalogName(name)
            ? new DiscoveredEndpoint(name, document, isModelService: true)
            : null;

    /// <summary>Reads either document: names of model services have a prefix.</summary>
    public static DiscoveredEndpoint? ReadAny(JsonElement document) => IsService(document) ? ReadService(document) : Read(document);

    /// <summary>An endpoint or a model service of which only this much is known.</summary>
    public static DiscoveredEndpoint Of(string name, JsonElement document) => new(name, document, IsService(document));

    private static bool IsService(JsonElement document) =>
        document.TolerantText("name")?.StartsWith(ServicePrefix, StringComparison.Ordinal) is true;

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
