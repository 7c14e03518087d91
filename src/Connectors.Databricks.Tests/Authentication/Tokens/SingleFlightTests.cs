using System.Diagnostics;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.Tests.Authentication.Tokens;

/// <summary>Many callers and one fetch: who gets its result, its failure, and who may end it.</summary>
public sealed class SingleFlightTests
{
    private readonly FakeClock _clock = new();
    private readonly FakeLogger _log = new();
    private readonly TokenRecorder _tap;
    private readonly TokenCache _cache;

    public SingleFlightTests()
    {
        _tap = new TokenRecorder(_clock);
        _cache = new TokenCache(_tap.Source, _clock, _log, renewsAhead: true);
    }

    [Fact]
    public async Task A_hundred_first_callers_make_one_fetch()
    {
        var held = _tap.Holds();
        var callers = Callers(100, () => Get());
        await _tap.Begins();

        held.SetResult(_tap.Token("shared", TimeSpan.FromHours(1)));

        Assert.Equal(("shared", 1), (Assert.Single((await Task.WhenAll(callers)).Distinct()), _tap.Fetches));
    }

    [Fact]
    public async Task A_hundred_callers_with_the_same_rejected_token_make_one_fetch()
    {
        var rejected = await _cache.GetAsync(CancellationToken.None);

        var given = await Task.WhenAll(Callers(100, () => Refresh(rejected)));

        Assert.Equal(("token-2", 2), (Assert.Single(given.Distinct()), _tap.Fetches));
    }

    [Fact]
    public async Task A_token_that_was_already_replaced_is_not_refreshed_again()
    {
        var old = await _cache.GetAsync(CancellationToken.None);
        await Refresh(old);

        Assert.Equal(("token-2", 2), (await Refresh(old), _tap.Fetches));
    }

    [Fact]
    public async Task A_rejected_token_is_replaced_by_the_renewal_under_way()
    {
        var old = await _cache.GetAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromMinutes(40));
        var held = _tap.Holds();
        await Get();
        var refreshing = Refresh(old);

        held.SetResult(_tap.Token("renewed", TimeSpan.FromHours(1)));

        Assert.Equal(("renewed", 2), (await refreshing, _tap.Fetches));
    }

    [Fact]
    public async Task A_rejected_token_does_not_come_back_when_its_replacement_fails()
    {
        var old = await _cache.GetAsync(CancellationToken.None);
        _tap.Fails(new DatabricksCredentialException("down"));
        await Assert.ThrowsAsync<DatabricksCredentialException>(() => Refresh(old));

        Assert.Equal("token-3", await Get());
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        _tap.Fails(new DatabricksCredentialException("down"));
        await Assert.ThrowsAsync<DatabricksCredentialException>(() => Get());

        Assert.Equal(("token-2", 2), (await Get(), _tap.Fetches));
    }

    [Fact]
    public async Task Who_joined_a_fetch_that_fails_gets_one_try_shared_among_them()
    {
        var held = _tap.Holds();
        var first = Get();
        await _tap.Begins();
        var joined = Callers(10, () => Get()); // They join before their first await.
        var second = _tap.Holds();

        held.SetException(new DatabricksCredentialException("one"));
        Assert.Equal("one", (await Assert.ThrowsAsync<DatabricksCredentialException>(() => first)).Message);
        await _tap.Begins();
        second.SetResult(_tap.Token("late", TimeSpan.FromHours(1)));

        Assert.Equal(("late", 2), (Assert.Single((await Task.WhenAll(joined)).Distinct()), _tap.Fetches));
    }

    [Fact]
    public async Task A_second_failure_is_everybodys()
    {
        var held = _tap.Holds();
        var first = Get();
        await _tap.Begins();
        var joined = Get();
        _tap.Fails(new DatabricksCredentialException("two"));

        held.SetException(new DatabricksCredentialException("one"));

        await Assert.ThrowsAsync<DatabricksCredentialException>(() => first);
        Assert.Equal(
            ("two", 2), ((await Assert.ThrowsAsync<DatabricksCredentialException>(() => joined)).Message, _tap.Fetches));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_callers_cancellation_leaves_the_fetch_to_the_others(bool isFirst)
    {
        var held = _tap.Holds();
        using var cancellation = new CancellationTokenSource();
        var first = Get(isFirst ? cancellation.Token : default);
        await _tap.Begins();
        var second = Get(isFirst ? default : cancellation.Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => isFirst ? first : second);
        held.SetResult(_tap.Token("shared", TimeSpan.FromHours(1)));

        Assert.Equal(("shared", 1), (await (isFirst ? second : first), _tap.Fetches));
    }

    [Fact]
    public async Task The_last_callers_cancellation_ends_the_fetch()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _tap.Does(
            async stop =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, stop);
                    return default;
                }
                finally
                {
                    // Not by a registration: the first of it and of the wait to complete might cancel the other.
                    ended.SetResult();
                }
            },
            0);
        using var cancellation = new CancellationTokenSource();
        var callers = new[] { Get(cancellation.Token), Get(cancellation.Token) };
        await _tap.Begins();
        Assert.False(ended.Task.IsCompleted);

        await cancellation.CancelAsync();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(callers));
        Assert.Equal("token-2", await Get());
    }

    [Fact]
    public async Task A_fetch_without_waiters_does_not_replace_a_longer_lived_token()
    {
        var stubborn = _tap.HoldsStubbornly();
        using var cancellation = new CancellationTokenSource();
        var gaveUp = Get(cancellation.Token);
        await _tap.Begins();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);
        await Get();

        stubborn.SetResult(_tap.Token("late", TimeSpan.FromMinutes(5)));
        await Logged(2);

        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromHours(1), _cache.ExpiresOn);
    }

    [Fact]
    public async Task A_canceled_caller_starts_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Get(new CancellationToken(canceled: true)));

        Assert.Equal(0, _tap.Fetches);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_of_the_first_caller_flows_into_the_fetch(bool isRenewal)
    {
        if (isRenewal)
        {
            await Get();
            await _tap.Begins();
            _clock.Advance(TimeSpan.FromMinutes(40));
        }

        var callers = new AsyncLocal<string?> { Value = "the caller's" };
        using var activity = new Activity("the caller's").Start();
        (string?, Activity?) seen = ("nothing yet", null);
        _tap.Does(
            _ =>
            {
                seen = (callers.Value, Activity.Current);
                return Task.FromResult(_tap.Token("new", TimeSpan.FromHours(1)));
            },
            0);

        await Get();
        await _tap.Begins();
        await (_cache.Renewal() ?? Task.CompletedTask);

        // Another test that listens gives the fetch an activity of its own: it must not be a child of the caller's.
        Assert.Null(seen.Item1);
        Assert.NotEqual(activity.TraceId, seen.Item2?.TraceId);
        Assert.Equal(("the caller's", activity), (callers.Value, Activity.Current));
    }

    private async Task<string> Get(CancellationToken cancellationToken = default) => (await _cache.GetAsync(cancellationToken)).Value;

    private async Task<string> Refresh(DatabricksAccessToken rejected) =>
        (await _cache.RefreshAsync(rejected, CancellationToken.None)).Value;

    private static Task<string>[] Callers(int count, Func<Task<string>> call) => [.. Enumerable.Range(0, count).Select(_ => call())];

    // A line is written once its token is kept.
    private async Task Logged(int lines)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_log.Collector.Lines().Count < lines)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
