using Connectors.Databricks.Endpoints.Listing;

namespace Connectors.Databricks.Endpoints;

/// <summary>
/// Every endpoint of a workspace with what it can do, read once and kept for a while. Thread-safe; many callers share one reading. What was
/// read last is given out also when the service fails, and says how old it is.
/// </summary>
public class ServingCatalog
{
    private readonly DatabricksEndpointClient? _endpoints;
    private readonly ServingCatalogOptions _options = new();
    private readonly DatabricksModelCapabilities _models = DatabricksModelCapabilities.BuiltIn;
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly object _gate = new();

    private volatile ServingCatalogSnapshot? _last;
    private volatile Exception? _failure;
    private DateTimeOffset _noReadingBefore = DateTimeOffset.MinValue;
    private Task? _reading;

    /// <summary>Creates a catalogue of its own; <see cref="DatabricksEndpointClient.Catalog"/> is there already.</summary>
    /// <param name="endpoints">Where to read.</param>
    /// <param name="options">How long to keep it; copied. <see langword="null"/> for every default.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option makes no sense.</exception>
    public ServingCatalog(DatabricksEndpointClient endpoints, ServingCatalogOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        _endpoints = endpoints;
        _options = (options ?? new()).CopyValidated();
        _models = endpoints.Models;
        _clock = endpoints.Clock;
    }

    /// <summary>For mocks and decorators alone: every member that is called must be overridden.</summary>
    protected ServingCatalog()
    {
    }

    /// <summary>
    /// Gets the endpoints. The first call reads them; later ones take what is there while it is fresh, and for a while afterwards, when a
    /// new reading runs in the background.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait, not a reading that others wait for.</param>
    /// <returns>The newest snapshot, with its age and with the failure that keeps it from being newer.</returns>
    /// <exception cref="DatabricksServingException">Nothing was ever read, and the reading failed.</exception>
    public virtual async Task<ServingCatalogSnapshot> GetAsync(CancellationToken cancellationToken = default)
    {
        if (_last is not { } last)
        {
            return await RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        var age = Age(last);
        if (age >= _options.TimeToLive && Reading(isForced: false) is { } reading && age >= _options.WaitBeyond)
        {
            await reading.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Now(_last);
    }

    /// <summary>Reads the endpoints now, whatever is kept. Callers at the same time share one reading.</summary>
    /// <param name="cancellationToken">Cancels the wait, not a reading that others wait for.</param>
    /// <returns>The new snapshot.</returns>
    /// <exception cref="DatabricksServingException">The reading failed. What was read before stays.</exception>
    public virtual async Task<ServingCatalogSnapshot> RefreshAsync(CancellationToken cancellationToken = default)
    {
        // A reading that is done by now would hide it.
        cancellationToken.ThrowIfCancellationRequested();
        await Reading(isForced: true)!.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Now(_last!);
    }

    /// <summary>Gets one endpoint in full and says what it can do: one call, and nothing is kept.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed; a 404 says that there is no such endpoint.</exception>
    public virtual async Task<CatalogEntry> GetEntryAsync(string endpointName, CancellationToken cancellationToken = default) =>
        EntryFromEndpoint.Read(await Endpoints.GetAsync(endpointName, cancellationToken).ConfigureAwait(false), _models);

    private DatabricksEndpointClient Endpoints => _endpoints ?? throw new InvalidOperationException(
        "This ServingCatalog was created without a workspace, as mocks are. Override the member that was called.");

    private ServingCatalogSnapshot Now(ServingCatalogSnapshot last) => last.At(Age(last), _failure);

    private TimeSpan Age(ServingCatalogSnapshot snapshot) => _clock.GetUtcNow() - snapshot.ReadAt;

    /// <summary>The reading that is under way, or a new one; null when the last failed a moment ago and this one is not asked for.</summary>
    private Task? Reading(bool isForced)
    {
        lock (_gate)
        {
            if (_reading is { IsCompleted: false } underWay)
            {
                return underWay;
            }

            if (!isForced && _clock.GetUtcNow() < _noReadingBefore)
            {
                return null;
            }

            // Nobody's token ends it: others may wait for it, and the client's own time-out does end it.
            _reading = ReadAsync();

            // Whom it fails in the background reads of it in the next snapshot.
            _ = _reading.ContinueWith(
                static reading => _ = reading.Exception,
                CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return _reading;
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            // Not on the caller's thread: the lock is held while this starts.
            await Task.Yield();
            var endpoints = await Endpoints.ListAsync(CancellationToken.None).ConfigureAwait(false);
            if (_options.ReadDetails)
            {
                endpoints = await DetailsAsync(endpoints).ConfigureAwait(false);
            }

            _last = new ServingCatalogSnapshot([.. endpoints.Select(endpoint => EntryFromEndpoint.Read(endpoint, _models))], _clock.GetUtcNow());
            _failure = null;
            _noReadingBefore = DateTimeOffset.MinValue;
        }
        catch (Exception exception)
        {
            _failure = exception;
            _noReadingBefore = _clock.GetUtcNow() + _options.RetryAfterFailure;
            throw;
        }
    }

    /// <summary>Each endpoint in full; one that cannot be read keeps its short form.</summary>
    private async Task<IReadOnlyList<ServingEndpoint>> DetailsAsync(IReadOnlyList<ServingEndpoint> endpoints)
    {
        var details = new ServingEndpoint[endpoints.Count];
        await Parallel.ForAsync(
            0,
            endpoints.Count,
            new ParallelOptions { MaxDegreeOfParallelism = _options.MaxConcurrentReads },
            async (index, cancellationToken) =>
            {
                try
                {
                    details[index] = await Endpoints.GetAsync(endpoints[index].Name, cancellationToken).ConfigureAwait(false);
                }
                catch (DatabricksServingException)
                {
                    details[index] = endpoints[index];
                }
            }).ConfigureAwait(false);
        return details;
    }
}
