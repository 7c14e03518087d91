using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.Tests.Authentication.Tokens;

/// <summary>A source, such as a CLI, whose tokens have expired when they come is not started for every call.</summary>
public sealed class ExpiredTokenTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly FakeClock _clock = new();
    private readonly FakeLogger _log = new();
    private readonly TokenRecorder _tap;

    public ExpiredTokenTests() => _tap = new TokenRecorder(_clock);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(-86400)]
    public async Task A_source_that_always_gives_an_expired_token_is_asked_once_a_minute(int life)
    {
        _tap.Life = TimeSpan.FromSeconds(life);
        var cache = Cache();
        var tokens = new List<string> { await Get(cache), await Get(cache) };
        _clock.Advance(TimeSpan.FromMinutes(1));
        tokens.Add(await Get(cache));
        _clock.Advance(Tick);
        tokens.AddRange([await Get(cache), await Get(cache)]);

        Assert.Equal(["token-1", "token-1", "token-1", "token-2", "token-2"], tokens);
        Assert.Equal(2, _tap.Fetches);
    }

    [Fact]
    public async Task A_rejection_of_an_expired_token_does_not_ask_again_within_the_minute()
    {
        _tap.Life = TimeSpan.FromSeconds(-5);
        var cache = Cache();
        var rejected = await cache.GetAsync(CancellationToken.None);
        var first = await cache.RefreshAsync(rejected, CancellationToken.None);
        _clock.Advance(TimeSpan.FromMinutes(1) + Tick);
        _tap.Life = TimeSpan.FromHours(1);

        Assert.Equal(
            ("token-1", "token-2", 2), (first.Value, (await cache.RefreshAsync(rejected, CancellationToken.None)).Value, _tap.Fetches));
    }

    [Fact]
    public async Task An_expired_token_takes_the_place_of_one_that_ran_out_later()
    {
        var cache = Cache();
        await Get(cache);
        _clock.Advance(TimeSpan.FromHours(2));
        _tap.Life = TimeSpan.FromHours(-2);

        Assert.Equal(("token-2", "token-2", 2), (await Get(cache), await Get(cache), _tap.Fetches));
    }

    [Fact]
    public async Task An_expired_token_is_warned_of()
    {
        _tap.Gives(new DatabricksAccessToken("expired", new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero)));
        await Get(Cache());

        var warning = Assert.Single(_log.Collector.GetSnapshot(), record => record.Level == LogLevel.Warning);
        Assert.Equal(
            "Authentication 'tap' returned a token that expired on 02/03/2001 04:05:06 +00:00. It is used, and refreshed after 00:01:00 " +
            "at the earliest. Check the system clock, and log in again.",
            warning.Message);
    }

    [Fact]
    public async Task A_CLI_with_an_expired_token_is_started_once_for_many_calls()
    {
        var machine = LogIn.MachineFor("databricks-cli").With("PATH", "/bin").Says(
            "/bin/databricks", $"auth token --host {LogIn.Host}",
            """{"access_token":"t","token_type":"Bearer","expiry":"2001-01-01T00:00:00Z"}""");
        var credential = machine.Credential();

        var tokens = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            var token = await credential.GetTokenAsync();
            tokens.Add((await credential.RefreshTokenAsync(token)).Value);
        }

        Assert.Equal(20, tokens.Count(token => token == "t"));
        Assert.Single(machine.Runs, run => run.Arguments.Contains("token"));
    }

    private TokenCache Cache() => new(_tap.Source, _clock, _log, renewsAhead: true);

    private static async Task<string> Get(TokenCache cache) => (await cache.GetAsync(CancellationToken.None)).Value;
}
