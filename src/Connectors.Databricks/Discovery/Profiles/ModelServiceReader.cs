using System.Text.Json;
using Connectors.Databricks.Discovery.Documents;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Discovery.Profiles;

/// <summary>Reads model services from the workspace and profiles them.</summary>
internal sealed class ModelServiceReader(WorkspaceApi api, ServingSurfaces surfaces, DatabricksModelCapabilities models)
{
    /// <summary>How many unreadable items are described.</summary>
    internal const int MaxUnreadable = 100;

    private readonly ModelServicePager _pager = surfaces.Workspace.Services;

    /// <summary>Reads the model services; null in a workspace that has none.</summary>
    /// <param name="schemas">The schemas; null for all.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<DirectoryListing?> ListAsync(IReadOnlyList<string>? schemas, CancellationToken cancellationToken)
    {
        if (!surfaces.UsesGateway || _pager.IsAbsent || schemas is { Count: 0 })
        {
            return null;
        }

        var found = new Dictionary<string, EndpointProfile>(StringComparer.Ordinal);
        List<string> unreadable = [];
        List<string> notes = [];
        var isPartial = false;
        try
        {
            foreach (var schema in schemas ?? [null!])
            {
                var list = await _pager.ReadAsync(schema, ModelServicePager.Call, ReadPage, cancellationToken).ConfigureAwait(false);
                notes.AddRange(list.Gap is { } gap ? [gap] : []);
                isPartial |= list.Failure?.IsTransient is true;
                Add(list.Items, found, unreadable);
            }
        }
        catch (DatabricksServingException exception) when (_pager.MeansAbsence(exception))
        {
            return null;
        }

        return new DirectoryListing([.. found.Values], unreadable) { Notes = [.. notes.Distinct()], IsPartial = isPartial };
    }

    /// <summary>One model service; in a workspace without Unity Gateway, the serving endpoint of its model.</summary>
    public async Task<EndpointProfile> ProfileAsync(string serviceName, EndpointReader endpoints, CancellationToken cancellationToken)
    {
        var call = WorkspaceApi.Get(
            $"Getting model service '{serviceName}'", serviceName, EndpointPath.ModelService(api.Host, serviceName), ModelServiceHints.For);
        try
        {
            return await api.SendAsync(call, Read, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabricksServingException exception) when (surfaces.UsesGateway && _pager.MeansAbsence(exception))
        {
            var (endpointName, advice) = await surfaces.FindEndpointAsync(serviceName, cancellationToken).ConfigureAwait(false);
            return endpointName is not null
                ? await endpoints.ProfileAsync(endpointName, cancellationToken).ConfigureAwait(false)
                : throw SurfaceExceptions.NotMapped(call, exception, advice);
        }
    }

    private EndpointProfile Read(ServingCall call, ServedDocument document, CancellationToken cancellationToken) =>
        DiscoveredEndpoint.ReadService(WorkspaceDocument.ReadElement(call, document, cancellationToken)) is { } service
            ? ProfileFromEndpoint.Read(service, models)
            : throw ServingExceptions.Malformed(call, document.Reply, new JsonException("The document has no 'name' of a model service."));

    private static WorkspacePage<JsonElement> ReadPage(ServingCall call, ServedDocument document, CancellationToken cancellationToken)
    {
        // The member is null in a metastore without model services (serving reference §2.6).
        var root = WorkspaceDocument.ReadElement(call, document, cancellationToken);
        return root.ValueKind == JsonValueKind.Object
            && root.Member("model_services") is not { ValueKind: not (JsonValueKind.Array or JsonValueKind.Null) }
            ? new([.. root.TolerantItems("model_services")], root.TolerantText("next_page_token") is { Length: > 0 } token ? token : null)
            : throw ServingExceptions.Malformed(call, document.Reply, new JsonException("The document has no list 'model_services'."));
    }

    // A host that repeats a page repeats its services: each name counts once.
    private void Add(IReadOnlyList<JsonElement> items, Dictionary<string, EndpointProfile> found, List<string> unreadable)
    {
        var skipped = 0;
        for (var index = 0; index < items.Count; index++)
        {
            if (DiscoveredEndpoint.ReadService(items[index]) is { } service)
            {
                if (!found.ContainsKey(service.Name))
                {
                    found.Add(service.Name, ProfileFromEndpoint.Read(service, models));
                }
            }
            else if (unreadable.Count < MaxUnreadable)
            {
                unreadable.Add(UnreadableItem.Describe("model_services", index, items[index], "no name of a model service"));
            }
            else
            {
                skipped++;
            }
        }

        if (skipped > 0)
        {
            unreadable.Add($"{skipped} more of model_services");
        }
    }
}
