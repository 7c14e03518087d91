using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Management.Json;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management.ModelServices;

/// <summary>Sends requests about model services: what the client and its sub-clients share.</summary>
internal sealed class ModelServiceRequests(WorkspaceApi api)
{
    private const string Collection = "model-services";

    /// <summary>10,000 services: a host that never ends its list must not hold a call.</summary>
    private const int MaxPages = 100;

    public WorkspaceApi Api => api;

    public Task<ModelService> GetAsync(string serviceName, CancellationToken cancellationToken) => api.SendAsync(
        Read($"Getting model service '{serviceName}'", serviceName, api.AtCatalog([Collection, serviceName])), ReadNamed,
        cancellationToken);

    public Task<ModelServiceList> ListAsync(string? parent, string? pageToken, CancellationToken cancellationToken) => ReadAsync(
        Read("Listing model services", string.Empty, api.AtCatalog(
            [Collection], ("parent", parent), ("page_size", "100"), ("view", "FULL"), ("page_token", pageToken))),
        ModelServiceJsonContext.Default.ModelServiceList, cancellationToken);

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

    public Task<T> ReadAsync<T>(ServingCall call, JsonTypeInfo<T> contract, CancellationToken cancellationToken) => api.SendAsync(
        call, (sent, document, stop) => WorkspaceDocument.Read(sent, document, contract, stop), cancellationToken);

    /// <summary>
    /// Reads a list page by page. Permissions are applied after paging, so a page may be empty and another follow; some hosts repeat their
    /// last token.
    /// </summary>
    public static async Task<IReadOnlyList<T>> ReadPagesAsync<T>(
        Func<string?, Task<(IReadOnlyList<T?>? Items, string? NextPageToken)>> read)
        where T : class
    {
        List<T> items = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        string? pageToken = null;
        do
        {
            var (page, next) = await read(pageToken).ConfigureAwait(false);
            items.AddRange((page ?? []).OfType<T>());
            pageToken = next;
        }
        while (!string.IsNullOrEmpty(pageToken) && seen.Add(pageToken) && seen.Count < MaxPages);

        return items;
    }

    // A document without a name is another document, such as a proxy's.
    private static ModelService ReadNamed(ServingCall call, ServedDocument document, CancellationToken cancellationToken) =>
        DocumentReading.Read(call, document, ModelServiceJsonContext.Default.ModelService, cancellationToken) is
        { MissingMember: null } read
            ? read
            : throw ServingExceptions.Malformed(call, document.Reply, new JsonException("The document has no 'name'."));
}
