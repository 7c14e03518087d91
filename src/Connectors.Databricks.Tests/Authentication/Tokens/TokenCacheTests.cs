using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.Tests.Authentication.Tokens;

/// <summary>When a token is given, when it is renewed ahead, and when it is fetched while the caller waits.</summary>
public sealed class TokenCacheTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly FakeClock _clock = new();
    private readonly FakeLogger _log = new();
    private readonly TokenRecorder _tap;

    public TokenCacheTests() => _tap = new TokenRecorder(_clock);

    // The window is half the life and at most 20 minutes; below 80 seconds of life the last 40 seconds come first.
    [Theory]
    [InlineData(3600, 2400)]
    [InlineData(86400, 85200)]
    [InlineData(2400, 1200)]
    [InlineData(2398, 1199)]
    [InlineData(600, 300)]
    [InlineData(120, 60)]
    [InlineData(81, 40.5)]
    [InlineData(80, 40)]
    [InlineData(60, 20)]
    public async Task A_token_is_renewed_from_the_start_of_its_window_and_given_meanwhile(int life, double freshFor)
    {
        _tap.Life = TimeSpan.FromSeconds(life);
        var cache = Cache();
        await Get(cache);
        _clock.Advance(TimeSpan.FromSeconds(freshFor) - Tick);
        var before = (await Get(cache), _tap.Fetches);
        var held = _tap.Holds();
        _clock.Advance(Tick);

        var after = await Get(cache);

        await _tap.Begins();
        await _tap.Begins();
        Assert.Equal((("token-1", 1), "token-1", 2), (before, after, _tap.Fetches));
        held.SetResult(_tap.Token("new", _tap.Life));
        await Renewal(cache);
        Assert.Equal("new", await Get(cache));
    }

    [Fact]
    public async Task A_token_is_given_until_40_seconds_before_its_end_and_not_a_tick_longer()
    {
        var cache = Cache();
        await Get(cache);
        _clock.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(40));
        _tap.Fails(new DatabricksCredentialException("down"));
        var last = await GetAndRenew(cache);
        _clock.Advance(Tick);

        Assert.Equal(("token-1", "token-3", 3), (last, await Get(cache), _tap.Fetches));
    }

    [Fact]
    public async Task Without_renewal_ahead_nothing_is_fetched_before_the_end()
    {
        var cache = Cache(renewsAhead: false);
        await Get(cache);
        for (var second = 0; second < 3560; second += 20)
        {
            _clock.Advance(TimeSpan.FromSeconds(20));
            Assert.Equal(("token-1", 1), (await Get(cache), _tap.Fetches));
        }

        _clock.Advance(Tick);
        Assert.Equal(("token-2", 2), (await Get(cache), _tap.Fetches));
    }

    [Fact]
    public async Task A_source_that_is_not_worth_renewing_is_not_renewed()
    {
        var cache = new TokenCache(_tap.Source with { RenewsAhead = false }, _clock, _log, renewsAhead: true);
        await Get(cache);
        _clock.Advance(TimeSpan.FromSeconds(3560));

        await Get(cache);

        Assert.Equal((null, 1), (cache.Renewal(), _tap.Fetches));
    }

    [Fact]
    public async Task A_token_without_an_end_is_never_renewed()
    {
        _tap.Life = null;
        var cache = Cache();
        await Get(cache);
        _clock.Advance(TimeSpan.FromDays(10_000));

        Assert.Equal(("token-1", null, null, 1), (await Get(cache), cache.ExpiresOn, cache.Renewal(), _tap.Fetches));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(10)]
    [InlineData(1)]
    public async Task A_token_in_its_last_moments_is_given_once_and_fetched_again_next_time(int life)
    {
        _tap.Life = TimeSpan.FromSeconds(life);
        var cache = Cache();
        var first = await Get(cache);
        _clock.Advance(Tick);

        Assert.Equal(("token-1", "token-2", 2), (first, await Get(cache), _tap.Fetches));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", 1)]
    [InlineData("9999-12-31T23:59:59Z", 1)]
    public async Task An_end_at_the_edge_of_time_breaks_nothing(string expiresOn, int fetches)
    {
        _tap.Gives(new DatabricksAccessToken("odd", DateTimeOffset.Parse(expiresOn, null)));
        var cache = Cache();
        await Get(cache);

        await Get(cache);

        Assert.Equal(fetches, _tap.Fetches);
    }

    [Fact]
    public async Task Fifty_callers_with_a_stale_token_start_one_renewal()
    {
        var cache = await Stale();
        _tap.Holds();

        var given = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Get(cache))));

        await _tap.Begins();
        await _tap.Begins();
        Assert.Equal(("token-1", 2), (Assert.Single(given.Distinct()), _tap.Fetches));
    }

    [Fact]
    public async Task A_failed_background_refresh_fails_no_caller_and_is_retried_after_a_minute()
    {
        var cache = await Stale();
        _tap.Fails(new DatabricksCredentialException("The vault is sealed."));
        var during = await GetAndRenew(cache);
        _clock.Advance(TimeSpan.FromMinutes(1) - Tick);
        var waiting = (await Get(cache), _tap.Fetches);
        _clock.Advance(Tick);
        var again = await GetAndRenew(cache);

        Assert.Equal(("token-1", ("token-1", 2), "token-1", "token-3"), (during, waiting, again, await Get(cache)));
        Assert.Equal(
            [
                "Warning: Authentication 'tap' could not refresh its token; the cached token stays in use, and the next refresh is in " +
                "00:01:00 or later: The vault is sealed.",
            ],
            _log.Collector.Shown());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refresh_times_out_after_a_minute(bool observes)
    {
        var cache = await Stale();
        _ = observes ? _tap.Holds() : _tap.HoldsStubbornly();
        await Get(cache);
        await _tap.Begins();
        await _tap.Begins();
        var renewal = cache.Renewal()!;
        _clock.Advance(TimeSpan.FromMinutes(1) - Tick);
        Assert.False(renewal.IsCompleted);

        _clock.Advance(Tick);

        await renewal.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.EndsWith("it took longer than 60 seconds.", Assert.Single(_log.Collector.Shown()), StringComparison.Ordinal);
        Assert.Equal("token-1", await Get(cache));
    }

    [Fact]
    public async Task A_renewed_token_that_ends_sooner_is_thrown_away_and_not_asked_for_at_once()
    {
        var cache = await Stale();
        _tap.Gives(_tap.Token("short", TimeSpan.FromMinutes(1)));

        await GetAndRenew(cache);
        var after = (await Get(cache), _tap.Fetches);

        Assert.Equal(("token-1", 2), after);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await GetAndRenew(cache);
        Assert.Equal("token-3", await Get(cache));
    }

    [Fact]
    public async Task Who_comes_after_the_end_waits_for_the_renewal_under_way()
    {
        var cache = await Stale();
        var held = await RenewsInTheLastMoment(cache);
        var waiting = Get(cache);

        held.SetResult(_tap.Token("renewed", TimeSpan.FromHours(1)));

        Assert.Equal(("renewed", 2), (await waiting, _tap.Fetches));
    }

    [Fact]
    public async Task Who_comes_after_the_end_fetches_when_the_renewal_under_way_fails()
    {
        var cache = await Stale();
        var held = await RenewsInTheLastMoment(cache);
        var waiting = Get(cache);

        held.SetException(new DatabricksCredentialException("down"));

        Assert.Equal(("token-3", 3), (await waiting, _tap.Fetches));
    }

    private TokenCache Cache(bool renewsAhead = true) => new(_tap.Source, _clock, _log, renewsAhead);

    private async Task<TokenCache> Stale()
    {
        var cache = Cache();
        await Get(cache);
        _clock.Advance(TimeSpan.FromMinutes(40));
        return cache;
    }

    // The renewal has begun, and the token's time is up well before the renewal's own.
    private async Task<TaskCompletionSource<DatabricksAccessToken>> RenewsInTheLastMoment(TokenCache cache)
    {
        var held = _tap.Holds();
        _clock.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(40));
        await Get(cache);
        await _tap.Begins();
        await _tap.Begins();
        _clock.Advance(Tick);
        return held;
    }

    private static async Task<string> Get(TokenCache cache) => (await cache.GetAsync(CancellationToken.None)).Value;

    private static async Task<string> GetAndRenew(TokenCache cache)
    {
        var token = await Get(cache);
        await Renewal(cache);
        return token;
    }

    private static Task Renewal(TokenCache cache) => (cache.Renewal() ?? Task.CompletedTask).WaitAsync(TimeSpan.FromSeconds(30));
}
