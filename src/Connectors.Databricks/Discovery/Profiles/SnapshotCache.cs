namespace Connectors.Databricks.Discovery.Profiles;

/// <summary>Caches the endpoints of a workspace; concurrent callers share one request.</summary>
internal sealed class SnapshotCache(EndpointReader reader, EndpointDirectoryOptions options, TimeProvider clock)
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
        if (age >= options.TimeToLive && Request(isForced: false) is { } request && age >= options.WaitBeyond)
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
        await Request(isForced: true)!.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Now(_last!);
    }

    private EndpointDirectorySnapshot Now(EndpointDirectorySnapshot last) => last.At(Age(last), _failure);

    private TimeSpan Age(EndpointDirectorySnapshot snapshot) => clock.GetUtcNow() - snapshot.ReadAt;

    /// <summary>The request in progress, or a new one; null if the last one failed a moment ago and this one is not forced.</summary>
    private Task? Request(bool isForced)
    {
        lock (_gate)
        {
            if (_request is { IsCompleted: false } inProgress)
            {
                return inProgress;
            }

            if (!isForced && clock.GetUtcNow() < _noRequestBefore)
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
            var (profiles, unreadable) = await reader.ListAsync(CancellationToken.None).ConfigureAwait(false);
            if (options.ReadDetails)
            {
                profiles = await DetailsAsync(profiles).ConfigureAwait(false);
            }

            _last = new EndpointDirectorySnapshot(profiles, clock.GetUtcNow()) { Unreadable = unreadable };
            _failure = null;
            _noRequestBefore = DateTimeOffset.MinValue;
        }
        catch (Exception exception)
        {
            _failure = exception;
            _noRequestBefore = clock.GetUtcNow() + options.RetryAfterFailure;
            throw;
        }
    }

    /// <summary>The full document of each endpoint; one that cannot be read keeps its short form.</summary>
    private async Task<IReadOnlyList<EndpointProfile>> DetailsAsync(IReadOnlyList<EndpointProfile> profiles)
    {
        var details = new EndpointProfile[profiles.Count];
        await Parallel.ForAsync(
            0,
            profiles.Count,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxConcurrentReads },
            async (index, cancellationToken) =>
            {
                try
                {
                    details[index] = await reader.ProfileAsync(profiles[index].Name, cancellationToken).ConfigureAwait(false);
                }
                catch (DatabricksServingException)
                {
                    details[index] = profiles[index];
                }
            }).ConfigureAwait(false);
        return details;
    }
}
