using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connectors.Databricks.Tests.Authentication.Tokens;

/// <summary>
/// Several threads, a clock that runs wild, and a source that sometimes fails: no caller gets an expired token, and no two fetches
/// run at once.
/// </summary>
public class TokenCacheStressTests
{
    private readonly FakeClock _clock = new();
    private readonly Dictionary<int, Func<bool>> _running = [];
    private int _mostRunning;
    private int _fetches;

    [Theory]
    [InlineData(1, true, false)]
    [InlineData(2, false, false)]
    [InlineData(3, true, true)]
    [InlineData(4, false, true)]
    public async Task No_token_is_given_late_and_no_two_fetches_run_at_once(int seed, bool renewsAhead, bool rejects)
    {
        var cache = new TokenCache(new TokenSource("stress", FetchAsync), _clock, NullLogger.Instance, renewsAhead);
        var late = 0;
        var given = 0;

        async Task Call(int caller)
        {
            var random = new Random((seed * 100) + caller);
            for (var call = 0; call < 2_000; call++)
            {
                var asked = _clock.GetUtcNow();
                try
                {
                    var token = await cache.GetAsync(CancellationToken.None);
                    if (asked > token.ExpiresOn - TokenCache.ExpiryBuffer)
                    {
                        Interlocked.Increment(ref late);
                    }

                    if (rejects && random.Next(50) == 0)
                    {
                        await cache.RefreshAsync(token, CancellationToken.None);
                    }

                    Interlocked.Increment(ref given);
                }
                catch (DatabricksCredentialException)
                {
                    // The source's own failure, which a waiter may get.
                }

                // While one fetch runs, each of the others moves the clock once before it waits, too: less than the shortest life in all.
                if (random.Next(4) == 0)
                {
                    _clock.Advance(TimeSpan.FromSeconds(random.Next(30)));
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(caller => Task.Run(() => Call(caller)))).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((0, 1), (late, _mostRunning));
        Assert.True(given > 6_000 && _fetches > 20, $"{given} calls and {_fetches} fetches are too few to prove anything.");
    }

    private async Task<DatabricksAccessToken> FetchAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _fetches);
        lock (_running)
        {
            // One that was abandoned runs no more, as far as the cache is concerned.
            _running.Add(number, () => !cancellationToken.IsCancellationRequested);
            _mostRunning = Math.Max(_mostRunning, _running.Values.Count(isRunning => isRunning()));
        }

        try
        {
            await Task.Yield();
            return number % 5 == 0
                ? throw new DatabricksCredentialException("down")
                : new DatabricksAccessToken($"token-{number}", _clock.GetUtcNow() + TimeSpan.FromMinutes(4 + (number % 9)));
        }
        finally
        {
            lock (_running)
            {
                _running.Remove(number);
            }
        }
    }
}
