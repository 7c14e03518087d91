using System.Text.Json;
using Connectors.Databricks.Management.Json;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management.ModelServices;

/// <summary>Sends requests about model services: what the client and its sub-clients share.</summary>
internal sealed class ModelServiceRequests(WorkspaceApi api, ModelServicePager pager)
{
    private const string Collection = "model-services";

    // 0 leaves the length of a page to the service, which rejects lengths that are too small for one principal.
    private static readonly int[] SizesOfGrants = [0];

    public WorkspaceApi Api => api;

    public Task<ModelService> GetAsync(string serviceName, CancellationToken cancellationToken) => api.SendAsync(
        Read($"Getting model service '{serviceName}'", serviceName, api.AtCatalog([Collection, serviceName])), ReadNamed,
        cancellationToken);

    /// <param name="schema">The two-part name; null for all schemas.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<DocumentList<ModelService>> ListAsync(string? schema, CancellationToken cancellationToken)
    {
        List<string> unreadable = [];
        var list = await pager.ReadAsync(
            schema, static uri => Read("Listing model services", string.Empty, uri), ReadPage, cancellationToken).ConfigureAwait(false);

        // A host that repeats a page repeats its services: each name counts once.
        return list.Failure is not null ? throw list.Failure : new(list.Items.DistinctBy(static service => service.Name))
        {
            Unreadable = unreadable,
            Notes = list.Gap is null ? [] : [list.Gap],
        };

        WorkspacePage<ModelService> ReadPage(ServingCall call, ServedDocument document, CancellationToken stop)
        {
            var page = WorkspaceDocument.Read(call, document, ModelServiceJsonContext.Default.ModelServiceList, stop);
            var services = page.ModelServices as DocumentList<ModelService> ?? new([]);
            unreadable.AddRange(services.Unreadable);
            return new(services, page.NextPageToken);
        }
    }

    public Task<ModelService> CreateAsync(string serviceName, ModelServiceBody sendable, CancellationToken cancellationToken)
    {
        var (parent, id) = ModelServiceNames.Split(serviceName);
        var call = WorkspaceApi.Change(
            HttpMethod.Post, $"Creating model service '{serviceName}'", serviceName,
            api.AtCatalog([Collection], ("parent", parent), ("model_service_id", id)), RetrySafety.NonIdempotent,
            ModelServiceHints.ForCreate) with { IsCatalog = true };
        return api.SendAsync(call, sendable, ModelServiceJsonContext.Default.ModelServiceBody, ReadNamed, cancellationToken);
    }

    /// <summary>Replaces parts of a service. A conditional update is not repeated: after a lost response it would be a conflict.</summary>
    /// <param name="service">The service; its etag is the condition.</param>
    /// <param name="updateMask">The parts to replace.</param>
    /// <param name="parameter">The parameter of the caller that the parts come from.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<ModelService> UpdateAsync(
        ModelService service, IEnumerable<string> updateMask, string parameter, CancellationToken cancellationToken)
    {
        var (body, mask) = ModelServiceToWire.Sendable(service, updateMask, parameter);
        var call = Change(
            HttpMethod.Patch, $"Updating model service '{service.Name}'", service.Name,
            api.AtCatalog([Collection, service.Name], ("update_mask", mask), ("etag", service.Etag)),
            service.Etag is null ? RetrySafety.Idempotent : RetrySafety.NonIdempotent, isConditional: service.Etag is not null);
        return api.SendAsync(call, body, ModelServiceJsonContext.Default.ModelServiceBody, ReadNamed, cancellationToken);
    }

    public Task<bool> DeleteAsync(string serviceName, string? etag, CancellationToken cancellationToken) => api.SendAsync(
        Change(
            HttpMethod.Delete, $"Deleting model service '{serviceName}'", serviceName,
            api.AtCatalog([Collection, serviceName], ("etag", etag)), RetrySafety.NonIdempotent, isConditional: etag is not null),
        WorkspaceDocument.RequireNoError, cancellationToken);

    public static ServingCall Read(string operation, string serviceName, Uri uri) =>
        WorkspaceApi.Get(operation, serviceName, uri, ModelServiceHints.ForRead) with { IsCatalog = true };

    public static ServingCall Change(
        HttpMethod method, string operation, string serviceName, Uri uri, RetrySafety retrySafety, bool isConditional = false) =>
        WorkspaceApi.Change(
            method, operation, serviceName, uri, retrySafety,
            isConditional ? ModelServiceHints.ForConditionalChange : ModelServiceHints.ForChange) with
        {
            IsCatalog = true,
            IsConditional = isConditional,
        };

    /// <summary>Reads grants to their end: a part of them would show fewer privileges than there are.</summary>
    /// <param name="newCall">Creates the request for a page, given its token.</param>
    /// <param name="read">Reads one page.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<IReadOnlyList<T>> ReadGrantsAsync<T>(
        Func<string?, ServingCall> newCall,
        Func<ServingCall, ServedDocument, CancellationToken, WorkspacePage<T>> read,
        CancellationToken cancellationToken)
    {
        (ServingCall Call, ServingReply Reply)? last = null;
        var list = await new WorkspacePager(api.Clock, "a list of grants that", SizesOfGrants).ReadAsync(
            (_, pageToken) => api.SendAsync(newCall(pageToken), ReadPage, cancellationToken)).ConfigureAwait(false);
        return (list.Failure, list.Gap) switch
        {
            ({ } failure, _) => throw failure,
            (_, { } gap) => throw ServingExceptions.Unexpected(
                last!.Value.Call, last.Value.Reply, gap.TrimEnd('.'), "Try again, or give the request id to Databricks support."),
            _ => list.Items,
        };

        WorkspacePage<T> ReadPage(ServingCall call, ServedDocument document, CancellationToken stop)
        {
            last = (call, document.Reply);
            return read(call, document, stop);
        }
    }

    // A document without a name is another document, such as a proxy's.
    private static ModelService ReadNamed(ServingCall call, ServedDocument document, CancellationToken cancellationToken) =>
        DocumentReading.Read(call, document, ModelServiceJsonContext.Default.ModelService, cancellationToken) is
        { MissingMember: null } read
            ? read
            : throw ServingExceptions.Malformed(call, document.Reply, new JsonException("The document has no 'name'."));
}
