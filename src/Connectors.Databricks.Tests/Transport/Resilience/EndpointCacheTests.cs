using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Transport.Resilience;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Polly.Timeout;

namespace Connectors.Databricks.Tests.Transport.Resilience;

/// <summary>What is kept for each endpoint stays bounded, whatever names are called.</summary>
public class EndpointCacheTests
{
    [Fact]
    public void Each_endpoint_has_its_own_and_keeps_it()
    {
        var all = new EndpointCache<Kept>(name => new Kept(name), static _ => true);

        Assert.Same(all.Get("a"), all.Get("a"));
        Assert.NotSame(all.Get("a"), all.Get("b"));
        Assert.Equal("b", all.Get("b").Name);
    }

    [Fact]
    public void When_there_are_many_those_at_rest_are_forgotten_and_the_others_kept()
    {
        var all = new EndpointCache<Kept>(name => new Kept(name), static kept => !kept.IsBusy);
        var busy = all.Get("busy");
        busy.IsBusy = true;
        var idle = all.Get("idle");
        for (var i = 0; i < EndpointCache<Kept>.Capacity; i++)
        {
            all.Get($"unknown-{i}");
        }

        Assert.Same(busy, all.Get("busy"));
        Assert.NotSame(idle, all.Get("idle"));
    }

    [Fact]
    public void A_hundred_callers_at_once_share_one()
    {
        var all = new EndpointCache<Kept>(name => new Kept(name), static _ => false);
        var given = new Kept[100];

        Parallel.For(0, given.Length, i => given[i] = all.Get("a"));

        Assert.All(given, kept => Assert.Same(given[0], kept));
    }

    [Fact]
    public async Task A_limiter_is_idle_while_no_lease_is_held()
    {
        using var limiter = new AdaptiveConcurrencyLimiter(new() { PermitLimit = 2 }, new(), TimeProvider.System);
        Assert.True(limiter.IsIdle);

        var lease = await limiter.AcquireAsync(CancellationToken.None);
        Assert.False(limiter.IsIdle);

        lease.Dispose();
        Assert.True(limiter.IsIdle);
    }

    [Fact]
    public async Task A_limiter_whose_rate_is_used_up_is_not_idle()
    {
        var clock = new FakeClock();
        using var limiter = new AdaptiveConcurrencyLimiter(null, new() { MaxCallsPerSecond = 1 }, clock);
        (await limiter.AcquireAsync(CancellationToken.None)).Dispose();

        Assert.False(limiter.IsIdle);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(limiter.IsIdle);
    }

    [Fact]
    public async Task An_open_circuit_is_idle_when_its_break_is_over()
    {
        var clock = new FakeClock();
        var options = new DatabricksServingOptions { TimeProvider = clock };
        options.BreaksAfter(2);
        var pipelines = new EndpointPipelines(
            options.CopyValidated(), new RedactingLoggerFactory(NullLoggerFactory.Instance, Redaction.OfNone), NullLogger.Instance);
        var call = new ServingCall("Chat", "some-endpoint", Some.Host, null, false);
        var context = ResilienceContextPool.Shared.Get();
        new CallState(call, sender: null!, pipelines.For(call), options, CancellationToken.None).AddTo(context);
        for (var i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<TimeoutRejectedException>(async () => await pipelines.For(call).Pipeline.ExecuteAsync(
                static ValueTask<HttpResponseMessage> (_) => throw new TimeoutRejectedException(), context));
        }

        Assert.False(pipelines.For(call).IsIdle);

        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.True(pipelines.For(call).IsIdle);
    }

    private sealed class Kept(string name) : IDisposable
    {
        public string Name => name;

        public bool IsBusy { get; set; }

        public void Dispose()
        {
        }
    }
}
