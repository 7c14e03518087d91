using System.Net;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Surfaces;

/// <summary>Reads the list of model services: for mappings, the directory and the package Connectors.Databricks.Management.</summary>
internal sealed class ModelServicePager(DatabricksServingOptions settings, ServingTransport transport)
{
    private const string SystemSchema = "system.ai";

    // The first is the largest page that the service allows; smaller ones succeeded where that was canceled.
    private readonly WorkspacePager _pager = new(settings.TimeProvider, "The list of model services", [100, 20, 5]);

    private long _absentUntil;

    /// <summary>Whether the workspace has reported, less than an hour ago, that it has no model services.</summary>
    public bool IsAbsent => settings.TimeProvider.GetUtcNow().Ticks < Volatile.Read(ref _absentUntil);

    /// <summary>Whether a failure means that the workspace has no Unity Gateway; if so, this is cached.</summary>
    public bool MeansAbsence(DatabricksServingException failure)
    {
        var isAbsent = failure is { StatusCode: HttpStatusCode.NotFound, ErrorCode: "ENDPOINT_NOT_FOUND" or "FEATURE_DISABLED" };
        if (isAbsent)
        {
            Volatile.Write(ref _absentUntil, (settings.TimeProvider.GetUtcNow() + LearnedRoutes.RouteLifetime).Ticks);
        }

        return isAbsent;
    }

    /// <summary>A request for a page of the list.</summary>
    public static ServingCall Call(Uri uri) => WorkspaceApi.Get("Listing the model services", string.Empty, uri, ModelServiceHints.For);

    /// <summary>Reads the services that the token can see.</summary>
    /// <param name="schema">The schema, such as <c>system.ai</c>; null for all.</param>
    /// <param name="newCall">Creates the request for a page.</param>
    /// <param name="read">Reads one page.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="DatabricksServingException">The first page cannot be read.</exception>
    public async Task<WorkspaceList<T>> ReadAsync<T>(
        string? schema,
        Func<Uri, ServingCall> newCall,
        Func<ServingCall, ServedDocument, CancellationToken, WorkspacePage<T>> read,
        CancellationToken cancellationToken)
    {
        try
        {
            return await ReadSchemaAsync(schema).ConfigureAwait(false);
        }
        catch (DatabricksServingException exception) when (exception.StatusCode == HttpStatusCode.BadRequest && schema is null)
        {
            // Without a schema the list covers every one; for hosts that require one, that of Databricks' own models is used.
            var list = await ReadSchemaAsync(SystemSchema).ConfigureAwait(false);
            return list with
            {
                Gap = list.Gap ?? $"Only the model services of {SystemSchema} are listed: the workspace requires a schema.",
            };
        }

        Task<WorkspaceList<T>> ReadSchemaAsync(string? schema) => _pager.ReadAsync((pageSize, pageToken) =>
        {
            var call = newCall(EndpointPath.ModelServices(
                settings.Host, schema is null ? null : $"schemas/{schema}", pageSize, pageToken));
            return transport.GetDocumentAsync(
                call, (call, read), static (document, state, stop) => state.read(state.call, document, stop), cancellationToken).AsTask();
        });
    }
}
