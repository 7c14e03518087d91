namespace Connectors.Databricks.Discovery.Profiles;

/// <summary>Caches the endpoints of a workspace; concurrent callers share one request.</summary>
internal sealed class SnapshotCache(
    DirectoryReader reader, EndpointReader endpoints, EndpointDirectoryOptions options, TimeProvider clock)
{
    private readonly object _gate = new();
    private volatile EndpointDirectorySnapshot? _last;
    private volatile Exception? _failure;
    private DateTimeOffset _noRequestBefore = DateTimeOffset.MinValue;
    private Task? _request;

    public async Task<EndpointDirectorySnapshot> GetAsync(CancellationToken cancellationToken)
    {
        if (_last is not { } last)
        {
            return await RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        var age = Age(last);
        if ((age >= options.TimeToLive || last.IsPartial) && Request(last) is { } request && age >= options.WaitBeyond)
        {
            await request.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Now(_last);
    }

    public async Task<EndpointDirectorySnapshot> RefreshAsync(CancellationToken cancellationToken)
    {
        // A request that has completed meanwhile would hide it.
        cancellationToken.ThrowIfCancellationRequested();
        await Request(seen: null)!.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Now(_last!);
    }

    private EndpointDirectorySnapshot Now(EndpointDirectorySnapshot last) => last.At(Age(last), _failure);

    private TimeSpan Age(EndpointDirectorySnapshot snapshot) => clock.GetUtcNow() - snapshot.ReadAt;

    /// <summary>
    /// The request in progress, or a new one; null if there is a newer snapshot, or the last request failed a moment
    /// ago.
    /// </summary>
    /// <param name="seen">The snapshot that is too old; null to read again in any case.</param>
    private Task? Request(EndpointDirectorySnapshot? seen)
    {
        lock (_gate)
        {
            if (_request is { IsCompleted: false } inProgress)
            {
                return inProgress;
            }

            if (seen is not null && (!ReferenceEquals(seen, _last) || clock.GetUtcNow() < _noRequestBefore))
            {
                return null;
            }

            // Not canceled by one caller: others may wait for it, and the client's own timeout ends it.
            _request = ReadAsync();

            // A background failure is reported by the next snapshot.
            _ = _request.ContinueWith(
                static request => _ = request.Exception,
                CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return _request;
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            // Not on the caller's thread: the lock is held while this starts.
            await Task.Yield();
            var listing = await reader.ReadAsync(_last, CancellationToken.None).ConfigureAwait(false);
            var profiles = options.ReadDetails ? await DetailsAsync(listing.Profiles).ConfigureAwait(false) : listing.Profiles;
            _noRequestBefore = listing.IsPartial ? clock.GetUtcNow() + options.RetryAfterFailure : DateTimeOffset.MinValue;
            _failure = null;
            _last = new EndpointDirectorySnapshot(profiles, clock.GetUtcNow())
            {
                Unreadable = listing.Unreadable,
                Notes = listing.Notes,
                IsPartial = listing.IsPartial,
            };
        }
        catch (Exception exception)
        {
            _failure = exception;
            _noRequestBefore = clock.GetUtcNow() + options.RetryAfterFailure;
            throw;
        }
    }

    /// <summary>
    /// The full document of each endpoint; one that cannot be read keeps its short form. Lists of model services have full documents.
    /// </summary>
    private async Task<IReadOnlyList<EndpointProfile>> DetailsAsync(IReadOnlyList<EndpointProfile> profiles)
    {
        var details = new EndpointProfile[profiles.Count];
        await Parallel.ForAsync(
            0,
            profiles.Count,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxConcurrentReads },
            async (index, cancellationToken) =>
            {
                if (profiles[index].IsModelService)
                {
                    details[index] = profiles[index];
                    return;
                }

                try
                {
                    details[index] = await endpoints.ProfileAsync(profiles[index].Name, cancellationToken).ConfigureAwait(false);
                }
                catch (DatabricksServingException)
                {
                    details[index] = profiles[index];
                }
            }).ConfigureAwait(false);
        return details;
    }
}
