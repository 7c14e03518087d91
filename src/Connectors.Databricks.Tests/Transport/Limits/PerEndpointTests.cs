using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Transport.Limits;

namespace Connectors.Databricks.Tests.Transport.Limits;

/// <summary>What is kept for each endpoint stays bounded, whatever names are called.</summary>
public class PerEndpointTests
{
    [Fact]
    public void Each_endpoint_has_its_own_and_keeps_it()
    {
        var all = new PerEndpoint<Kept>(name => new Kept(name), static _ => true);

        Assert.Same(all.For("a"), all.For("a"));
        Assert.NotSame(all.For("a"), all.For("b"));
        Assert.Equal("b", all.For("b").Name);
    }

    [Fact]
    public void When_there_are_many_those_at_rest_are_forgotten_and_the_others_kept()
    {
        var all = new PerEndpoint<Kept>(name => new Kept(name), static kept => !kept.IsBusy);
        var busy = all.For("busy");
        busy.IsBusy = true;
        var idle = all.For("idle");
        for (var i = 0; i < PerEndpoint<Kept>.Many; i++)
        {
            all.For($"stranger-{i}");
        }

        Assert.Same(busy, all.For("busy"));
        Assert.NotSame(idle, all.For("idle"));
    }

    [Fact]
    public void A_hundred_callers_at_once_share_one()
    {
        var all = new PerEndpoint<Kept>(name => new Kept(name), static _ => false);
        var given = new Kept[100];

        Parallel.For(0, given.Length, i => given[i] = all.For("a"));

        Assert.All(given, kept => Assert.Same(given[0], kept));
    }

    [Fact]
    public async Task A_gate_is_at_rest_while_nobody_is_in()
    {
        var gate = new CallGate(new DatabricksCallLimits { MaxConcurrentCalls = 2 }, TimeProvider.System);
        Assert.True(gate.IsAtRest);

        var permit = await gate.EnterAsync(CancellationToken.None);
        Assert.False(gate.IsAtRest);

        permit!.Release();
        Assert.True(gate.IsAtRest);
    }

    [Fact]
    public async Task A_gate_whose_rate_is_used_up_is_not_at_rest()
    {
        var clock = new FakeClock();
        var gate = new CallGate(new DatabricksCallLimits { MaxCallsPerSecond = 1 }, clock);
        (await gate.EnterAsync(CancellationToken.None))!.Release();

        Assert.False(gate.IsAtRest);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(gate.IsAtRest);
    }

    [Fact]
    public async Task An_open_circuit_is_at_rest_when_its_break_is_over()
    {
        var clock = new FakeClock();
        var options = new DatabricksCircuitBreakerOptions { MinimumCalls = 2 };
        var circuits = new CircuitBreakers(options, clock, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var call = new ServingCall("Chat", "some-endpoint", Some.Host, null, false);
        var circuit = circuits.For(call)!;
        var progress = new CallProgress(new Deadline(Timeout.InfiniteTimeSpan, clock, CancellationToken.None), clock);
        for (var i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<DatabricksServingException>(async () => await circuit.RunAsync(
                call, _ => throw ServingExceptions.TimedOut(call, TimeSpan.FromSeconds(1)), progress, CancellationToken.None));
        }

        Assert.False(circuit.IsAtRest);

        clock.Advance(options.BreakDuration);
        Assert.True(circuit.IsAtRest);
    }

    private sealed class Kept(string name)
    {
        public string Name => name;

        public bool IsBusy { get; set; }
    }
}
