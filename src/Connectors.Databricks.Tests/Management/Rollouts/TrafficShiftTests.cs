using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.Rollouts;

/// <summary>Gradual rollouts against a small service that keeps one endpoint.</summary>
public class TrafficShiftTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Traffic_is_shifted_in_steps_with_a_check_after_each()
    {
        var service = new OneEndpoint(OneEndpoint.Two);
        var progress = new RecordedProgress<TrafficShiftStep>();
        var judged = new List<string>();

        var result = await Elapse(Client(service).Rollouts.ShiftTrafficAsync("churn", new TrafficShift("challenger")
        {
            Steps = [5, 50, 100],
            SoakTime = TimeSpan.FromMinutes(5),
            Progress = progress,
            Check = (step, _) =>
            {
                judged.Add(step.Endpoint.Config!.Traffic!.ToString());
                return Task.FromResult(true);
            },
        }));

        Assert.True(result.IsCompleted);
        Assert.Equal(["champion 95 %, challenger 5 %", "champion 50 %, challenger 50 %", "champion 0 %, challenger 100 %"], judged);
        Assert.Equal(
            [
                "churn: step 1 of 3, challenger 5 %, Updating", "churn: step 1 of 3, challenger 5 %, Soaking",
                    "churn: step 1 of 3, challenger 5 %, Checking",
                "churn: step 2 of 3, challenger 50 %, Updating", "churn: step 2 of 3, challenger 50 %, Soaking",
                    "churn: step 2 of 3, challenger 50 %, Checking",
                "churn: step 3 of 3, challenger 100 %, Updating", "churn: step 3 of 3, challenger 100 %, Soaking",
                    "churn: step 3 of 3, challenger 100 %, Checking",
                "churn: step 3 of 3, challenger 100 %, Completed",
            ],
            progress.All.Select(step => step.ToString()));
        Assert.Equal("champion 100 %", result.Before.Traffic!.ToString());
        Assert.True(_clock.GetUtcNow() - Start >= TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task A_refused_step_takes_everything_back()
    {
        var service = new OneEndpoint(OneEndpoint.Two);
        var progress = new RecordedProgress<TrafficShiftStep>();

        var result = await Elapse(Client(service).Rollouts.ShiftTrafficAsync("churn", new TrafficShift("challenger")
        {
            Progress = progress,
            Check = (step, _) => Task.FromResult(step.Number < 2),
        }));

        Assert.Equal((false, 50), (result.IsCompleted, result.Step.Percentage));
        Assert.Equal("champion 100 %", result.Endpoint.Config!.Traffic!.ToString());
        Assert.Equal(3, service.Updates.Count);
        Assert.Equal([TrafficShiftPhase.RollingBack, TrafficShiftPhase.RolledBack], progress.All.TakeLast(2).Select(step => step.Phase));
    }

    [Fact]
    public async Task A_check_that_throws_takes_everything_back_and_is_heard()
    {
        var service = new OneEndpoint(OneEndpoint.Two);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => Elapse(Client(service).Rollouts.ShiftTrafficAsync(
            "churn", new TrafficShift("challenger") { Check = (_, _) => throw new InvalidDataException("No metrics.") })));

        Assert.Equal("No metrics.", exception.Message);
        Assert.Equal("champion 100 %", service.Traffic);
    }

    [Fact]
    public async Task A_canceled_rollout_keeps_the_current_step()
    {
        using var stop = new CancellationTokenSource();
        var service = new OneEndpoint(OneEndpoint.Two);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Elapse(Client(service).Rollouts.ShiftTrafficAsync(
            "churn",
            new TrafficShift("challenger")
            {
                Check = async (_, cancellationToken) =>
                {
                    await stop.CancelAsync();
                    cancellationToken.ThrowIfCancellationRequested();
                    return true;
                },
            },
            stop.Token)));

        Assert.Equal("champion 90 %, challenger 10 %", service.Traffic);
    }

    [Fact]
    public async Task A_concurrent_change_stops_the_rollout()
    {
        var service = new OneEndpoint(OneEndpoint.Two);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Elapse(Client(service).Rollouts.ShiftTrafficAsync(
            "churn",
            new TrafficShift("challenger")
            {
                Check = (_, _) =>
                {
                    service.Version += 3;
                    return Task.FromResult(true);
                },
            })));

        Assert.Equal(
            "Endpoint 'churn' was changed concurrently: its configuration is 5, not 2. The rollout stopped, and traffic is split as " +
            "champion 90 %, challenger 10 %.",
            exception.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rollback_does_not_overwrite_a_concurrent_change(bool isUpdating)
    {
        var service = new OneEndpoint(OneEndpoint.Two);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Elapse(Client(service).Rollouts.ShiftTrafficAsync(
            "churn",
            new TrafficShift("challenger")
            {
                Check = (_, _) =>
                {
                    (service.Version, service.UpdatingFor) = (isUpdating ? service.Version : 5, isUpdating ? 1 : 0);
                    return Task.FromResult(false);
                },
            })));

        Assert.Equal(
            $"Endpoint 'churn' was changed concurrently: its configuration is {(isUpdating ? "2, which is being updated" : "5")}, not 2. " +
            "It was not rolled back, and traffic is split as champion 90 %, challenger 10 %.",
            exception.Message);
        Assert.Single(service.Updates);
    }

    [Fact]
    public async Task A_check_that_throws_after_a_concurrent_change_is_reported_too()
    {
        var service = new OneEndpoint(OneEndpoint.Two);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Elapse(Client(service).Rollouts.ShiftTrafficAsync(
            "churn",
            new TrafficShift("challenger")
            {
                Check = (_, _) =>
                {
                    service.Version = 5;
                    throw new InvalidDataException("No metrics.");
                },
            })));

        Assert.EndsWith("challenger 10 %. The check failed: No metrics.", exception.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidDataException>(exception.InnerException);
        Assert.Single(service.Updates);
    }

    [Fact]
    public async Task An_update_that_fails_stops_the_rollout()
    {
        var service = new OneEndpoint(OneEndpoint.Two) { Outcome = "UPDATE_FAILED" };

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Elapse(Client(service).Rollouts.ShiftTrafficAsync("churn", new TrafficShift("challenger"))));

        Assert.StartsWith("Waiting for endpoint 'churn' failed: its update failed", exception.Message, StringComparison.Ordinal);
        Assert.Single(service.Updates);
    }

    public static TheoryData<TrafficShift, string> Nonsense => new()
    {
        { new("c") { Steps = [] }, "There are no Steps. Specify percentages, such as 10, 50, 100. (Parameter 'shift')" },
        { new("c") { Steps = [10, 10] }, "Steps are 10, 10. Specify increasing percentages from 0 to 100. (Parameter 'shift')" },
        { new("c") { Steps = [101] }, "Steps are 101. Specify increasing percentages from 0 to 100. (Parameter 'shift')" },
        { new("c") { SoakTime = TimeSpan.FromSeconds(-1) },
            "SoakTime is -00:00:01. Specify zero, or a positive time of at most 49 days. (Parameter 'shift')" },
        { new("c") { Update = new() { Wait = new() { Timeout = TimeSpan.Zero } } },
            "Timeout is 00:00:00. Use a positive time of at most 49 days. (Parameter 'shift')" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task A_shift_that_makes_no_sense_is_refused(TrafficShift shift, string complaint) => Assert.Equal(
        complaint, (await Assert.ThrowsAsync<ArgumentException>(() =>
            Client(new OneEndpoint(OneEndpoint.Two)).Rollouts.ShiftTrafficAsync("churn", shift))).Message);

    private DatabricksManagementClient Client(OneEndpoint service) => service.Client(_clock);

    private Task<T> Elapse<T>(Task<T> task) => Managing.Elapse(_clock, task);

    private DateTimeOffset Start { get; } = new FakeClock().GetUtcNow();
}
