using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Transport;

/// <summary>Sends requests to the REST API of the workspace (<c>/api/2.0</c>) and reads the documents that it returns.</summary>
internal sealed class WorkspaceApi(DatabricksServingOptions options, ServingTransport transport, Func<double> random)
{
    public Uri? Host => options.Host;

    public TimeProvider Clock => options.TimeProvider;

    /// <summary>Returns numbers from 0 to 1, for jitter.</summary>
    public Func<double> Random => random;

    public Redaction Redaction => transport.Redaction;

    public ILogger Logger => transport.Logger;

    public DatabricksResponseLimitOptions Limits => options.ResponseLimits;

    /// <summary>The address of a collection, or of something below it; names are escaped.</summary>
    public Uri At(string collection, params ReadOnlySpan<string> segments) => EndpointPath.Management(options.Host, collection, segments);

    /// <summary>An address of the API of Unity Catalog (<c>/api/2.1/unity-catalog</c>); names and values are escaped.</summary>
    public Uri AtCatalog(IEnumerable<string> segments, params ReadOnlySpan<(string Name, string? Value)> query) =>
        EndpointPath.Catalog(options.Host, segments, query);

    /// <summary>A GET request, which is retried after any transient failure.</summary>
    public static ServingCall Get(string operation, string endpointName, Uri uri, Func<int, ServiceError, string?> advise) =>
        new(operation, endpointName, uri, Body: null, IsStream: false)
        {
            Method = HttpMethod.Get,
            RetrySafety = RetrySafety.Idempotent,
            IsSentence = true,
            Advise = advise,
            Surface = ResponseSurface.Management,
        };

    /// <summary>A request that changes something.</summary>
    public static ServingCall Change(
        HttpMethod method, string operation, string endpointName, Uri uri, RetrySafety retrySafety, Func<int, ServiceError,
            string?> advise) =>
        new(operation, endpointName, uri, Body: null, IsStream: false)
        {
            Method = method,
            RetrySafety = retrySafety,
            IsSentence = true,
            Advise = advise,
            Surface = ResponseSurface.Management,
        };

    /// <summary>Sends a request without a body. The document is read within the total timeout of the call.</summary>
    public Task<T> SendAsync<T>(
        ServingCall call, Func<ServingCall, ServedDocument, CancellationToken, T> read, CancellationToken cancellationToken) =>
        transport.GetDocumentAsync(
            call, (call, read), static (document, state, stop) => state.read(state.call, document, stop), cancellationToken).AsTask();

    /// <summary>Sends a document. The reader gets the call that was sent, whose body has the secrets in it.</summary>
    public async Task<TAnswer> SendAsync<T, TAnswer>(
        ServingCall call,
        T document,
        JsonTypeInfo<T> contract,
        Func<ServingCall, ServedDocument, CancellationToken, TAnswer> read,
        CancellationToken cancellationToken)
    {
        using var body = WorkspaceBody.Of(document, contract);

        // Logs and tags have no access to the call, so the secrets are added to the transport's redaction, too.
        foreach (var secret in body.Secrets)
        {
            transport.Redaction.Add(secret);
        }

        return await SendAsync(call with { Body = body }, read, cancellationToken).ConfigureAwait(false);
    }
}
