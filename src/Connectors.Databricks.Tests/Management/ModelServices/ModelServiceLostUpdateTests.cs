using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.ModelServices;

/// <summary>No change of the traffic overwrites the change of another client, with etags and on hosts without them.</summary>
public class ModelServiceLostUpdateTests
{
    private readonly FakeClock _clock = new();

    private static TrafficConfig NineToOne { get; } = TrafficConfig.Split(("champion", 90), ("challenger", 10));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_concurrent_change_stops_the_rollout(bool hasEtags)
    {
        var service = new OneModelService { HasEtags = hasEtags };

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Rollouts(service).ShiftTrafficAsync(
            "main.ai.chat", new("challenger") { Check = (_, _) => Task.FromResult(Changed(service)) }));

        Assert.Equal(
            "Model service 'main.ai.chat' was changed concurrently. The rollout stopped, and traffic is split as champion 90 %, " +
            "challenger 10 %.",
            exception.Message);
        Assert.Single(service.Updates);
        Assert.Equal(hasEtags, service.Queries[0].Contains("etag", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rollback_does_not_overwrite_a_concurrent_change(bool hasEtags)
    {
        var service = new OneModelService { HasEtags = hasEtags };

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Rollouts(service).ShiftTrafficAsync(
            "main.ai.chat", new("challenger") { Check = (_, _) => Task.FromResult(!Changed(service)) }));

        Assert.Equal(
            "Model service 'main.ai.chat' was changed concurrently. It was not rolled back, and traffic is split as champion 90 %, " +
            "challenger 10 %.",
            exception.Message);
        Assert.Single(service.Updates);
    }

    [Fact]
    public async Task A_change_between_the_check_and_the_update_is_not_lost()
    {
        var service = new OneModelService();
        service.BeforeUpdate = () => Changed(service);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Rollouts(service).SetTrafficAsync("main.ai.chat", NineToOne));

        Assert.Equal(
            "Model service 'main.ai.chat' was changed concurrently. The update was rejected; get the service before you continue.",
            exception.Message);
        Assert.Equal(
            DatabricksServingErrorKind.ConcurrentChange, Assert.IsType<DatabricksServingException>(exception.InnerException).Kind);
        Assert.Equal("champion 100 %, challenger 0 %", service.Traffic);
    }

    [Fact]
    public async Task An_expected_etag_that_is_stale_sends_nothing()
    {
        var service = new OneModelService { Version = 2 };
        var rollouts = Rollouts(service);

        foreach (var call in (Func<Task>[])
        [
            () => rollouts.SetTrafficAsync("main.ai.chat", NineToOne, "+/1=="),
            () => rollouts.AddDestinationAsync("main.ai.chat", ModelServiceDestination.ToModel("c", "system.ai.c"), expectedEtag: "+/1=="),
            () => rollouts.PromoteAsync("main.ai.chat", "challenger", "+/1=="),
            () => rollouts.ShiftTrafficAsync("main.ai.chat", new("challenger") { ExpectedEtag = "+/1==" }),
        ])
        {
            Assert.StartsWith(
                "Model service 'main.ai.chat' was changed concurrently. The update was not sent, and traffic is split as champion 100 %",
                (await Assert.ThrowsAsync<InvalidOperationException>(call)).Message, StringComparison.Ordinal);
        }

        Assert.Empty(service.Updates);
        await rollouts.SetTrafficAsync("main.ai.chat", NineToOne, "+/2==");
    }

    private static bool Changed(OneModelService service)
    {
        service.Version += 3;
        service.Document["config"]!["rate_limits"]![0]!["requests"] = 7;
        return true;
    }

    private ModelServiceRolloutsClient Rollouts(OneModelService service) => service.Client(_clock).ModelServices.Rollouts;
}
