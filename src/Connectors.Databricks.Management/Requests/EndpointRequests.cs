using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Management.Documents;
using Connectors.Databricks.Management.Json;
using Connectors.Databricks.Management.Waiting;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management.Requests;

/// <summary>Sends requests to the endpoints API; shared by the management client and its sub-clients.</summary>
internal sealed class EndpointRequests(WorkspaceApi api)
{
    private const string Collection = "serving-endpoints";

    public WorkspaceApi Api => api;

    /// <summary>Builds the URL of an endpoint or of a path below it; names are escaped.</summary>
    public Uri At(params ReadOnlySpan<string> segments) => api.At(Collection, segments);

    /// <summary>Builds a URL whose last segment contains a colon, as in <c>config:start</c>.</summary>
    public Uri AtRoute(string route) => api.At($"{Collection}{route}");

    public Task<T> ReadAsync<T>(
        string operation, string endpointName, Uri uri, JsonTypeInfo<T> contract, CancellationToken cancellationToken) =>
        api.SendAsync(
            WorkspaceApi.Get(operation, endpointName, uri, ManagementHints.ForRead),
            (call, document, stop) => WorkspaceDocument.Read(call, document, contract, stop),
            cancellationToken);

    /// <summary>Reads a document as far as it can be read.</summary>
    public Task<T> ReadDocumentAsync<T>(
        string operation, string endpointName, Uri uri, JsonTypeInfo<T> contract, CancellationToken cancellationToken)
        where T : EndpointDocument =>
        api.SendAsync(
            WorkspaceApi.Get(operation, endpointName, uri, ManagementHints.ForRead),
            (call, document, stop) => DocumentReading.Read(call, document, contract, stop),
            cancellationToken);

    /// <summary>Reads a document that is text.</summary>
    public Task<T> ReadTextAsync<T>(
        string operation, string endpointName, Uri uri, Func<ServingCall, ServedDocument, CancellationToken, T> read,
        CancellationToken cancellationToken) =>
        api.SendAsync(WorkspaceApi.Get(operation, endpointName, uri, ManagementHints.ForRead) with { Accept = "text/plain" }, read,
            cancellationToken);

    public static ServingCall Change(HttpMethod method, string operation, string endpointName, Uri uri, RetrySafety retrySafety) =>
        WorkspaceApi.Change(method, operation, endpointName, uri, retrySafety, ManagementHints.ForChange);

    public Task<TAnswer> WriteAsync<T, TAnswer>(
        ServingCall call, T document, JsonTypeInfo<T> contract, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken) =>
        api.SendAsync(
            call, document, contract, (sent, served, stop) => WorkspaceDocument.Read(sent, served, answer, stop), cancellationToken);

    /// <summary>Sends a request whose response is a document, which is read as far as it can be read: the change was made.</summary>
    public Task<TAnswer> WriteDocumentAsync<T, TAnswer>(
        ServingCall call, T document, JsonTypeInfo<T> contract, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken)
        where TAnswer : EndpointDocument =>
        api.SendAsync(
            call, document, contract, (sent, served, stop) => DocumentReading.Read(sent, served, answer, stop), cancellationToken);

    /// <summary>Sends a request whose response contains nothing of interest, unless it is an error object in a 200 OK body.</summary>
    public Task<bool> RequestAsync(ServingCall call, CancellationToken cancellationToken) =>
        api.SendAsync(call, WorkspaceDocument.RequireNoError, cancellationToken);

    public Task<ServingEndpoint> GetAsync(string endpointName, CancellationToken cancellationToken)
    {
        EndpointPath.Require(endpointName);
        return api.SendAsync(
            WorkspaceApi.Get($"Getting endpoint '{endpointName}'", endpointName, At(endpointName), ManagementHints.ForRead), ReadNamed,
                cancellationToken);
    }

    /// <summary>Replaces the configuration.</summary>
    public Task<ServingEndpoint> UpdateConfigAsync(string endpointName, EndpointConfig config, CancellationToken cancellationToken) =>
        WriteDocumentAsync(
        UpdateCall(endpointName, At(endpointName, "config")), EndpointConfigToWire.Sendable(config, nameof(config)),
        ManagementJsonContext.Default.EndpointConfig, ManagementJsonContext.Default.ServingEndpoint, cancellationToken);

    /// <summary>Replaces the configuration of an endpoint with provisioned throughput in model units.</summary>
    public Task<ServingEndpoint> UpdateModelUnitsAsync(
        string endpointName, EndpointConfig config, ProvisionedThroughputUpdateOptions? options, CancellationToken cancellationToken) =>
        WriteDocumentAsync(
        UpdateCall(endpointName, At("pt", endpointName, "config")),
            new WrappedConfig(EndpointConfigToWire.Sendable(config, nameof(config)), options?.Renewal, options?.Relocation),
        ManagementJsonContext.Default.WrappedConfig, ManagementJsonContext.Default.ServingEndpoint, cancellationToken);

    /// <param name="endpointName">The endpoint.</param>
    /// <param name="options">How to wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <param name="known">The response to the request that created or updated it; null if there was none.</param>
    public Task<ServingEndpoint> WaitUntilReadyAsync(
        string endpointName, EndpointWaitOptions? options, CancellationToken cancellationToken, ServingEndpoint? known = null)
    {
        EndpointPath.Require(endpointName);
        options = (options ?? new()).CopyValidated(nameof(options));
        var waiter = new EndpointWaiter(GetAsync, api.Clock, api.Random, api.Redaction);
        return waiter.WaitAsync(endpointName, options, known, cancellationToken);
    }

    // A document without a name is another document, such as a proxy's.
    private static ServingEndpoint ReadNamed(ServingCall call, ServedDocument document, CancellationToken cancellationToken) =>
        DocumentReading.Read(call, document, ManagementJsonContext.Default.ServingEndpoint, cancellationToken) is
        { MissingMember: null } endpoint
            ? endpoint
            : throw ServingExceptions.Malformed(call, document.Reply, new JsonException("The document has no 'name'."));

    private static ServingCall UpdateCall(string endpointName, Uri uri) => Change(
        HttpMethod.Put, $"Updating the configuration of endpoint '{endpointName}'", endpointName, uri, RetrySafety.NonIdempotent);
}
