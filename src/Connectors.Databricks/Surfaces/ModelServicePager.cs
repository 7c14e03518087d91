using System.Net;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Surfaces;

/// <summary>
/// Reads the list of model services page by page. Permissions are applied after paging, so a page may be empty and another follow; some
/// hosts repeat their last token (serving reference §2.6).
/// </summary>
internal sealed class ModelServicePager(DatabricksServingOptions settings, ServingTransport transport)
{
    /// <summary>A host that never ends its list must not hold a call; with full pages, this is 10,000 services.</summary>
    internal const int MaxPages = 100;

    /// <summary>More than any metastore has, for hosts whose pages are longer than requested.</summary>
    internal const int MaxServices = 20_000;

    /// <summary>The status with which a host cancels a page that takes it too long, outside of HTTP.</summary>
    internal const int Canceled = 499;

    /// <summary>Reading hundreds of services was reported to take 50 seconds.</summary>
    internal static readonly TimeSpan MaxDuration = TimeSpan.FromMinutes(2);

    private const string SystemSchema = "system.ai";

    // The first is the largest page that the service allows; smaller ones succeeded where that was canceled.
    private static readonly int[] PageSizes = [100, 20, 5];

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

    /// <summary>Reads the services that the token can see.</summary>
    /// <param name="schema">The schema, such as <c>system.ai</c>; null for all.</param>
    /// <param name="read">Reads one page.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="DatabricksServingException">The first page cannot be read.</exception>
    public async Task<ModelServiceList<T>> ReadAsync<T>(
        string? schema, Func<ServingCall, ServedDocument, CancellationToken, ModelServicePage<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadPagesAsync(schema, read, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabricksServingException exception) when (exception.StatusCode == HttpStatusCode.BadRequest && schema is null)
        {
            // Without a schema the list covers every one; for hosts that require one, that of Databricks' own models is used.
            var list = await ReadPagesAsync(SystemSchema, read, cancellationToken).ConfigureAwait(false);
            return list with
            {
                Gap = list.Gap ?? $"Only the model services of {SystemSchema} are listed: the workspace requires a schema.",
            };
        }
    }

    private async Task<ModelServiceList<T>> ReadPagesAsync<T>(
        string? schema, Func<ServingCall, ServedDocument, CancellationToken, ModelServicePage<T>> read, CancellationToken cancellationToken)
    {
        var started = settings.TimeProvider.GetTimestamp();
        var items = new List<T>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? pageToken = null;
        for (int pages = 0, size = 0; ;)
        {
            try
            {
                var page = await ReadPageAsync(schema, PageSizes[size], pageToken, read, cancellationToken).ConfigureAwait(false);
                items.AddRange(page.Items);
                pageToken = page.NextPageToken;
                pages++;
            }
            catch (DatabricksServingException exception) when ((int?)exception.StatusCode == Canceled && size < PageSizes.Length - 1)
            {
                size++;
                continue;
            }
            catch (DatabricksServingException exception) when (pages > 0)
            {
                return new ModelServiceList<T>(items, $"The list of model services ends early. {exception.Message}", exception);
            }

            if (pageToken is null)
            {
                return new ModelServiceList<T>(items, Gap: null, Failure: null);
            }

            var gap = !seen.Add(pageToken) ? "the workspace repeats a page token"
                : pages >= MaxPages ? $"it has more than {MaxPages} pages"
                : items.Count >= MaxServices ? $"it has more than {MaxServices} services"
                : settings.TimeProvider.GetElapsedTime(started) >= MaxDuration ? $"reading it took longer than {MaxDuration}"
                : null;
            if (gap is not null)
            {
                return new ModelServiceList<T>(items, $"The list of model services may be incomplete: {gap}.", Failure: null);
            }
        }
    }

    private ValueTask<ModelServicePage<T>> ReadPageAsync<T>(
        string? schema,
        int pageSize,
        string? pageToken,
        Func<ServingCall, ServedDocument, CancellationToken, ModelServicePage<T>> read,
        CancellationToken cancellationToken)
    {
        var uri = EndpointPath.ModelServices(settings.Host, schema is null ? null : $"schemas/{schema}", pageSize, pageToken);
        var call = WorkspaceApi.Get("Listing the model services", string.Empty, uri, ModelServiceHints.For);
        return transport.GetDocumentAsync(
            call, (call, read), static (document, state, stop) => state.read(state.call, document, stop), cancellationToken);
    }
}
