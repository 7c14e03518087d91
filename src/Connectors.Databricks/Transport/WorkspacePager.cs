namespace Connectors.Databricks.Transport;

/// <summary>
/// Reads a list of the workspace page by page. Permissions are applied after paging, so a page may be empty and another follow; some
/// hosts repeat their last token (serving reference §2.6).
/// </summary>
/// <param name="clock">The clock of the client.</param>
/// <param name="name">The list, for messages, such as <c>The list of model services</c>.</param>
/// <param name="pageSizes">The page sizes to request: the first, and smaller ones for hosts that cancel a page.</param>
internal sealed class WorkspacePager(TimeProvider clock, string name, IReadOnlyList<int> pageSizes)
{
    /// <summary>A host that never ends its list must not hold a call; with full pages of 100, this is 10,000 items.</summary>
    internal const int MaxPages = 100;

    /// <summary>More model services than any metastore has, for hosts whose pages are longer than requested.</summary>
    internal const int MaxItems = 20_000;

    /// <summary>The status with which a host cancels a page that takes it too long, outside of HTTP.</summary>
    internal const int Canceled = 499;

    /// <summary>Reading hundreds of services was reported to take 50 seconds.</summary>
    internal static readonly TimeSpan MaxDuration = TimeSpan.FromMinutes(2);

    /// <summary>Reads the list to its end, or to one of the limits.</summary>
    /// <param name="readPage">Reads a page, given its size and its token, which is null for the first.</param>
    /// <exception cref="DatabricksServingException">The first page cannot be read.</exception>
    public async Task<WorkspaceList<T>> ReadAsync<T>(Func<int, string?, Task<WorkspacePage<T>>> readPage)
    {
        var started = clock.GetTimestamp();
        var items = new List<T>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? pageToken = null;
        for (int pages = 0, size = 0; ;)
        {
            try
            {
                var page = await readPage(pageSizes[size], pageToken).ConfigureAwait(false);
                items.AddRange(page.Items);
                pageToken = page.NextPageToken;
                pages++;
            }
            catch (DatabricksServingException exception) when ((int?)exception.StatusCode == Canceled && size < pageSizes.Count - 1)
            {
                size++;
                continue;
            }
            catch (DatabricksServingException exception) when (pages > 0)
            {
                return new WorkspaceList<T>(items, $"{name} ends early. {exception.Message}", exception) { IsCut = true };
            }

            if (string.IsNullOrEmpty(pageToken))
            {
                return new WorkspaceList<T>(items, Gap: null, Failure: null);
            }

            if (!seen.Add(pageToken))
            {
                return new WorkspaceList<T>(items, Incomplete("the workspace repeats a page token"), Failure: null);
            }

            var limit = pages >= MaxPages ? $"it has more than {MaxPages} pages"
                : items.Count >= MaxItems ? $"it has more than {MaxItems} items"
                : clock.GetElapsedTime(started) >= MaxDuration ? $"reading it took longer than {MaxDuration}"
                : null;
            if (limit is not null)
            {
                return new WorkspaceList<T>(items, Incomplete(limit), Failure: null) { IsCut = true };
            }
        }
    }

    private string Incomplete(string reason) => $"{name} may be incomplete: {reason}.";
}
