using System.Text.Json;
using Connectors.Databricks.Discovery.Documents;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Discovery.Profiles;

/// <summary>Reads endpoints from the workspace and profiles them.</summary>
internal sealed class EndpointReader(WorkspaceApi api, DatabricksModelCapabilities models)
{
    private const string Collection = "serving-endpoints";

    /// <summary>All endpoints, in the order of the service, and a line for each item that is not the document of an endpoint.</summary>
    public Task<DirectoryListing> ListAsync(CancellationToken cancellationToken) =>
        api.SendAsync(
            WorkspaceApi.Get("Listing the endpoints", string.Empty, api.At(Collection), DiscoveryHints.For),
            (call, document, stop) => ReadList(WorkspaceDocument.ReadElement(call, document, stop), call, document),
            cancellationToken);

    /// <summary>One endpoint from its full document.</summary>
    public Task<EndpointProfile> ProfileAsync(string endpointName, CancellationToken cancellationToken) => api.SendAsync(
        WorkspaceApi.Get($"Getting endpoint '{endpointName}'", endpointName, api.At(Collection, endpointName), DiscoveryHints.For),
        (call, document, stop) => DiscoveredEndpoint.Read(WorkspaceDocument.ReadElement(call, document, stop)) is { } endpoint
            ? ProfileFromEndpoint.Read(endpoint, models)
            : throw ServingExceptions.Malformed(call, document.Reply, new JsonException("The document has no 'name'.")),
        cancellationToken);

    /// <summary>The OpenAPI document of an endpoint.</summary>
    public Task<T> OpenApiAsync<T>(
        string endpointName, Func<ServingCall, ServedDocument, CancellationToken, T> read, CancellationToken cancellationToken)
    {
        var call = WorkspaceApi.Get(
            $"Getting the OpenAPI document of endpoint '{endpointName}'", endpointName, api.At(Collection, endpointName, "openapi"),
                DiscoveryHints.For);
        return api.SendAsync(call with { Accept = "text/plain" }, read, cancellationToken);
    }

    private DirectoryListing ReadList(JsonElement root, ServingCall call, ServedDocument document)
    {
        // The member is missing in a workspace without endpoints.
        if (root.ValueKind != JsonValueKind.Object
            || root.Member("endpoints") is { ValueKind: not (JsonValueKind.Array or JsonValueKind.Null) })
        {
            throw ServingExceptions.Malformed(call, document.Reply, new JsonException("The document has no list 'endpoints'."));
        }

        List<EndpointProfile> profiles = [];
        List<string> unreadable = [];
        foreach (var (index, item) in root.TolerantItems("endpoints").Select((item, index) => (index, item)))
        {
            if (DiscoveredEndpoint.Read(item) is { } endpoint)
            {
                profiles.Add(ProfileFromEndpoint.Read(endpoint, models));
            }
            else
            {
                unreadable.Add(UnreadableItem.Describe("endpoints", index, item, "no 'name'"));
            }
        }

        return new DirectoryListing(profiles, unreadable);
    }
}
