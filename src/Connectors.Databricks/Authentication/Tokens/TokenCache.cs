using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>
/// A token cache for one token: refreshes it in the background before it expires, and coalesces concurrent token requests
/// (authentication reference §8).
/// </summary>
internal sealed class TokenCache
{
    /// <summary>Azure Databricks rejects tokens with 30 seconds or less to live; 40 leave room for the request to arrive.</summary>
    internal static readonly TimeSpan ExpiryBuffer = TimeSpan.FromSeconds(40);

    /// <summary>Of a token's life, the last half, but no more than this, is for renewing it: enough to sit out a long outage.</summary>
    internal static readonly TimeSpan LongestRenewalWindow = TimeSpan.FromMinutes(20);

    /// <summary>The delay after a failed refresh.</summary>
    internal static readonly TimeSpan RenewalBackOff = TimeSpan.FromMinutes(1);

    /// <summary>The timeout of a refresh in the background.</summary>
    internal static readonly TimeSpan RenewalTimeout = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a token that had already expired when it was received is used before another one is requested. A source that returns one,
    /// such as a CLI, would return it again, and starting a process for every call would only add latency; or the local clock is wrong, and
    /// the token is valid.
    /// </summary>
    internal static readonly TimeSpan ExpiredTokenLifetime = TimeSpan.FromMinutes(1);

    private readonly TokenSource _source;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly bool _renewsAhead;
    private readonly SingleFlight<Fetched> _fetch;
    private readonly object _gate = new();
    private volatile Held? _held;
    private Task? _renewal;
    private int _fetches;
    private DateTimeOffset _noRenewalBefore = DateTimeOffset.MinValue;

    public TokenCache(TokenSource source, TimeProvider clock, ILogger logger, bool renewsAhead)
    {
        _source = source;
        _clock = clock;
        _logger = logger;
        _renewsAhead = renewsAhead && source.RenewsAhead;
        _fetch = new SingleFlight<Fetched>(FetchAsync);
    }

    /// <summary>Stores a token that was acquired without a request.</summary>
    public void Store(DatabricksAccessToken token)
    {
        lock (_gate)
        {
            Keep(token);
        }

        AuthenticationLog.TokenFetched(_logger, _source.AuthType, token.ExpiresOn);
    }

    /// <summary>The expiry of the cached token; null if there is none or it is unknown.</summary>
    public DateTimeOffset? ExpiresOn => _held?.Token.ExpiresOn;

    public ValueTask<DatabricksAccessToken> GetAsync(CancellationToken cancellationToken)
    {
        if (_held is { } held)
        {
            var now = _clock.GetUtcNow();
            if (now < held.StaleOn)
            {
                return new ValueTask<DatabricksAccessToken>(held.Token);
            }

            if (now <= held.LastUse)
            {
                if (_renewsAhead)
                {
                    RenewAhead(held, now);
                }

                return new ValueTask<DatabricksAccessToken>(held.Token);
            }
        }

        return new ValueTask<DatabricksAccessToken>(WaitAsync(cancellationToken));
    }

    private async Task<DatabricksAccessToken> WaitAsync(CancellationToken cancellationToken)
    {
        var asked = _clock.GetUtcNow();
        while (true)
        {
            var fetched = await _fetch.RunAsync(cancellationToken).ConfigureAwait(false);

            // A fetch that was completing when this caller joined may return a token that had expired by then. A token fetched since is
            // used as it is: the source has no better one.
            if (asked <= fetched.Moment || asked <= LastUse(fetched.Token))
            {
                return fetched.Token;
            }
        }
    }

    /// <summary>Replaces a rejected token; concurrent callers with the same token cause one token request.</summary>
    public ValueTask<DatabricksAccessToken> RefreshAsync(DatabricksAccessToken rejected, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // A source that has just given a token that had expired by then has no better one.
            if (_held is { } held && held.Token.Value == rejected.Value && !(held.IsExpiredOnArrival && _clock.GetUtcNow() <= held.LastUse))
            {
                _held = null;
            }
        }

        return GetAsync(cancellationToken);
    }

    private async Task<Fetched> FetchAsync(CancellationToken cancellationToken)
    {
        // A refresh in flight replaces a token request, and never fails.
        while (RenewalOrTurn() is { } renewal)
        {
            await renewal.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            // Re-check: another caller may have stored a token.
            var now = _clock.GetUtcNow();
            if (_held is { } held && now <= held.LastUse)
            {
                return new Fetched(held.Token, now);
            }

            var token = await TokenTelemetry.FetchAsync(_source, _clock, cancellationToken).ConfigureAwait(false);
            Store(token);
            return new Fetched(token, now);
        }
        finally
        {
            lock (_gate)
            {
                _fetches--;
            }
        }
    }

    /// <summary>The refresh in the background; null if there is none.</summary>
    internal Task? Renewal()
    {
        lock (_gate)
        {
            return _renewal is { IsCompleted: false } running ? running : null;
        }
    }

    // Looking and beginning are one step, else a renewal could begin between them.
    private Task? RenewalOrTurn()
    {
        lock (_gate)
        {
            if (_renewal is { IsCompleted: false } running)
            {
                return running;
            }

            _fetches++;
            return null;
        }
    }

    private void RenewAhead(Held held, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_renewal is { IsCompleted: false } || _fetches > 0 || now < _noRenewalBefore || !ReferenceEquals(_held, held))
            {
                return;
            }

            using var _ = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
            _renewal = Task.Run(RenewAsync);
        }
    }

    private async Task RenewAsync()
    {
        using var limit = new CancellationTokenSource(RenewalTimeout, _clock);
        try
        {
            // Ends at the timeout even if the source ignores cancellation: the next caller without a token waits for this refresh.
            var token = await TokenTelemetry.FetchAsync(_source, _clock, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            lock (_gate)
            {
                Keep(token);

                // Otherwise a source that returns tokens close to expiration would be called for every request.
                var now = _clock.GetUtcNow();
                _noRenewalBefore = _held is null || _held.StaleOn <= now ? now + RenewalBackOff : DateTimeOffset.MinValue;
            }

            AuthenticationLog.TokenRenewed(_logger, _source.AuthType, token.ExpiresOn);
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                _noRenewalBefore = _clock.GetUtcNow() + RenewalBackOff;
            }

            // The cached token is still valid, so no request fails. Once it has expired, the caller gets the exception.
            var reason = limit.IsCancellationRequested
                ? $"it took longer than {RenewalTimeout.TotalSeconds:0} seconds."
                : exception.Message;
            AuthenticationLog.RenewalFailed(_logger, _source.AuthType, RenewalBackOff, reason);
        }
    }

    // Called under the gate. A fetch without waiters may complete after a newer one; of two tokens that can be used the one that
    // lasts is kept.
    private void Keep(DatabricksAccessToken token)
    {
        if (_held is not null && _clock.GetUtcNow() <= _held.LastUse && EndsBefore(token, _held.Token))
        {
            return;
        }

        _held = NewHeld(token);
        if (_held.IsExpiredOnArrival)
        {
            AuthenticationLog.ExpiredToken(_logger, _source.AuthType, token.ExpiresOn, ExpiredTokenLifetime);
        }
    }

    private static bool EndsBefore(DatabricksAccessToken token, DatabricksAccessToken other) =>
        token.ExpiresOn is { } end && (other.ExpiresOn is null || end < other.ExpiresOn);

    private Held NewHeld(DatabricksAccessToken token)
    {
        if (token.ExpiresOn is not { } expiry)
        {
            return new Held(token, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue);
        }

        var lastUse = LastUse(token);
        var now = _clock.GetUtcNow();
        if (expiry <= now)
        {
            var until = now + ExpiredTokenLifetime;
            return new Held(token, until, until) { IsExpiredOnArrival = true };
        }

        var window = expiry <= now ? TimeSpan.Zero : (expiry - now) / 2;
        window = window < LongestRenewalWindow ? window : LongestRenewalWindow;
        var stale = _renewsAhead ? Earlier(expiry, window) : lastUse;
        return new Held(token, stale < lastUse ? stale : lastUse, lastUse);
    }

    private static DateTimeOffset LastUse(DatabricksAccessToken token) =>
        token.ExpiresOn is { } expiry ? Earlier(expiry, ExpiryBuffer) : DateTimeOffset.MaxValue;

    private static DateTimeOffset Earlier(DateTimeOffset moment, TimeSpan span) =>
        moment - DateTimeOffset.MinValue > span ? moment - span : DateTimeOffset.MinValue;

    /// <summary>The result of a fetch, and its start time: the token was valid then, or is newer.</summary>
    private sealed record Fetched(DatabricksAccessToken Token, DateTimeOffset Moment);

    /// <summary>
    /// A token, from when it is due for renewal, and until when it may be used. It is replaced whole, so that readers need no lock.
    /// </summary>
    private sealed record Held(DatabricksAccessToken Token, DateTimeOffset StaleOn, DateTimeOffset LastUse)
    {
        /// <summary>Whether the token had expired when it came.</summary>
        public bool IsExpiredOnArrival { get; init; }
    }
}
