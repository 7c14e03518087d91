using Connectors.Databricks.Emulator;
using Connectors.Databricks.Soak;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>The short form of the soak test of background runs.</summary>
public class AgentSoakTests
{
    [Theory]
    [InlineData(EmulatedAgentServer.LongRunning)]
    [InlineData(EmulatedAgentServer.Invocations)]
    public async Task Of_200_background_runs_with_faults_none_is_lost_doubled_or_crossed(EmulatedAgentServer server)
    {
        var (wrong, faults) = await AgentSoak.RunAsync(server, runs: 200, faults: 0.05, seed: 1, new ImpatientClock());

        Assert.Empty(wrong);
        Assert.InRange(faults, 20, int.MaxValue);
    }

    /// <summary>The system clock, on which delays between attempts take a millisecond. Timeouts stay as they are.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(16);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(
                callback, state, dueTime > TimeSpan.Zero && dueTime <= LongestDelay ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }
}
