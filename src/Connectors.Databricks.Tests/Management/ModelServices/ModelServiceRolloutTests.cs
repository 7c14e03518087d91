using System.Net;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.ModelServices;

/// <summary>Changes of traffic against a small service that keeps one model service.</summary>
public class ModelServiceRolloutTests
{
    private readonly FakeClock _clock = new();

    private static TrafficConfig NineToOne { get; } = TrafficConfig.Split(("champion", 90), ("challenger", 10));

    [Fact]
    public async Task Traffic_is_set_and_nothing_else_is_sent()
    {
        var service = new OneModelService();

        var updated = await Rollouts(service).SetTrafficAsync("main.ai.chat", NineToOne);

        Assert.Equal("main.ai.chat (champion 90 %, challenger 10 %)", updated.ToString());
        Assert.Equal("?update_mask=config.routing.destinations&etag=+/1==", Assert.Single(service.Queries));
        JsonText.AssertEqual(
            """
            {"config":{"routing":{"destinations":[
              {"name":"champion","destination_type":"DESTINATION_TYPE_PAY_PER_TOKEN_FOUNDATION_MODEL","traffic_percentage":90,
               "pay_per_token_config":{"model":"models/system.ai.a"},"weight":1},
              {"name":"challenger","destination_type":"DESTINATION_TYPE_PAY_PER_TOKEN_FOUNDATION_MODEL","traffic_percentage":10,
               "pay_per_token_config":{"model":"models/system.ai.b"}}]}}}
            """,
            Assert.Single(service.Updates));
    }

    [Fact]
    public async Task A_destination_without_a_share_gets_none()
    {
        var service = new OneModelService();

        await Rollouts(service).SetTrafficAsync("main.ai.chat", TrafficConfig.All("challenger"));

        Assert.Equal("champion 0 %, challenger 100 %", service.Traffic);
    }

    [Fact]
    public async Task A_destination_is_added_without_traffic_or_with_a_share()
    {
        var service = new OneModelService();
        var third = ModelServiceDestination.ToModel("third", "system.ai.c");

        await Rollouts(service).AddDestinationAsync("main.ai.chat", third);
        await Rollouts(service).AddDestinationAsync("main.ai.chat", third with { Name = "fourth" }, percentage: 20);

        Assert.Equal("champion 80 %, challenger 0 %, third 0 %, fourth 20 %", service.Traffic);
        Assert.Equal(
            "Model service 'main.ai.chat' has a destination 'third' already. Set another Name. (Parameter 'destination')",
            (await Assert.ThrowsAsync<ArgumentException>(() => Rollouts(service).AddDestinationAsync("main.ai.chat", third))).Message);
    }

    [Fact]
    public async Task A_single_destination_without_a_percentage_has_all_traffic()
    {
        var service = new OneModelService(
            """
            {"name":"model-services/main.ai.chat","config":{"routing":{"destinations":[{"name":"champion",
              "destination_type":"DESTINATION_TYPE_PAY_PER_TOKEN_FOUNDATION_MODEL","pay_per_token_config":{"model":"models/system.ai.a"}}]}}}
            """);

        await Rollouts(service).AddDestinationAsync("main.ai.chat", ModelServiceDestination.ToModel("b", "system.ai.b"), percentage: 5);

        Assert.Equal("champion 95 %, b 5 %", service.Traffic);
    }

    [Fact]
    public async Task Promotion_leaves_one_and_a_rollback_brings_the_others_back()
    {
        var service = new OneModelService();
        var client = service.Client(_clock).ModelServices;
        var before = await client.GetAsync("main.ai.chat");

        var promoted = await client.Rollouts.PromoteAsync("main.ai.chat", "challenger");
        Assert.Equal(("challenger", 100), (Assert.Single(promoted.Destinations).Name, promoted.Destinations[0].TrafficPercentage));

        var restored = await client.Rollouts.RollBackAsync("main.ai.chat", before);
        Assert.Equal(before.Destinations, restored.Destinations);
    }

    [Theory]
    [InlineData("set")]
    [InlineData("promote")]
    [InlineData("shift")]
    public async Task What_is_no_destination_receives_nothing(string method)
    {
        var service = new OneModelService();
        var rollouts = Rollouts(service);

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => method switch
        {
            "set" => rollouts.SetTrafficAsync("main.ai.chat", TrafficConfig.All("third")),
            "promote" => rollouts.PromoteAsync("main.ai.chat", "third"),
            _ => (Task)rollouts.ShiftTrafficAsync("main.ai.chat", new ModelServiceTrafficShift("third")),
        });

        Assert.StartsWith(
            "Model service 'main.ai.chat' has no destination 'third'. It has: champion, challenger. " +
            "ModelServices.Rollouts.AddDestinationAsync adds one.",
            exception.Message, StringComparison.Ordinal);
        Assert.Empty(service.Updates);
    }

    [Theory]
    [InlineData("""{"name":"model-services/main.ai.chat"}""")]
    [InlineData("""{"name":"model-services/main.ai.chat","config":{"routing":{"destinations":[{"traffic_percentage":100}]}}}""")]
    public async Task A_service_without_named_destinations_cannot_be_shifted(string document) => Assert.Equal(
        "The traffic of model service 'main.ai.chat' cannot be changed: it reports no destinations, or one without a name.",
        (await Assert.ThrowsAsync<InvalidOperationException>(
            () => Rollouts(new OneModelService(document)).ShiftTrafficAsync("main.ai.chat", new ModelServiceTrafficShift("a")))).Message);

    [Fact]
    public async Task Traffic_is_shifted_in_steps_with_a_check_after_each()
    {
        var service = new OneModelService();
        var progress = new RecordedProgress<ModelServiceTrafficShiftStep>();
        var judged = new List<string>();

        var result = await Managing.Elapse(_clock, Rollouts(service).ShiftTrafficAsync("main.ai.chat", new("challenger")
        {
            Steps = [5, 50, 100],
            SoakTime = TimeSpan.FromMinutes(5),
            Progress = progress,
            Check = (step, _) =>
            {
                judged.Add(step.Service.ToString());
                return Task.FromResult(true);
            },
        }));

        Assert.True(result.IsCompleted);
        Assert.Equal(
            [
                "main.ai.chat (champion 95 %, challenger 5 %)", "main.ai.chat (champion 50 %, challenger 50 %)",
                "main.ai.chat (champion 0 %, challenger 100 %)",
            ],
            judged);
        Assert.Equal(
            [
                "main.ai.chat: step 1 of 3, challenger 5 %, Updating", "main.ai.chat: step 1 of 3, challenger 5 %, Soaking",
                "main.ai.chat: step 1 of 3, challenger 5 %, Checking",
                "main.ai.chat: step 2 of 3, challenger 50 %, Updating", "main.ai.chat: step 2 of 3, challenger 50 %, Soaking",
                "main.ai.chat: step 2 of 3, challenger 50 %, Checking",
                "main.ai.chat: step 3 of 3, challenger 100 %, Updating", "main.ai.chat: step 3 of 3, challenger 100 %, Soaking",
                "main.ai.chat: step 3 of 3, challenger 100 %, Checking",
                "main.ai.chat: step 3 of 3, challenger 100 %, Completed",
            ],
            progress.All.Select(step => step.ToString()));
        Assert.Equal("main.ai.chat (champion 100 %, challenger 0 %)", result.Before.ToString());
        Assert.Equal(["+/1==", "+/2==", "+/3=="], service.Queries.Select(query => query.Split("&etag=")[1]));
        Assert.True(_clock.GetUtcNow() - new FakeClock().GetUtcNow() >= TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task A_failed_check_rolls_everything_back()
    {
        var service = new OneModelService();
        var progress = new RecordedProgress<ModelServiceTrafficShiftStep>();

        var result = await Rollouts(service).ShiftTrafficAsync("main.ai.chat", new("challenger")
        {
            Progress = progress, Check = (step, _) => Task.FromResult(step.Number < 2),
        });

        Assert.Equal((false, 50), (result.IsCompleted, result.Step.Percentage));
        Assert.Equal("main.ai.chat (champion 100 %, challenger 0 %)", result.Service.ToString());
        Assert.Equal([TrafficShiftPhase.RollingBack, TrafficShiftPhase.RolledBack], progress.All.TakeLast(2).Select(step => step.Phase));
    }

    [Fact]
    public async Task A_check_that_throws_rolls_back_and_its_exception_is_thrown()
    {
        var service = new OneModelService();

        await Assert.ThrowsAsync<InvalidDataException>(() => Rollouts(service).ShiftTrafficAsync(
            "main.ai.chat", new("challenger") { Check = (_, _) => throw new InvalidDataException("No metrics.") }));

        Assert.Equal("champion 100 %, challenger 0 %", service.Traffic);
    }

    [Fact]
    public async Task A_canceled_rollout_keeps_the_current_step()
    {
        using var stop = new CancellationTokenSource();
        var service = new OneModelService();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Rollouts(service).ShiftTrafficAsync(
            "main.ai.chat",
            new("challenger")
            {
                Check = async (_, cancellationToken) =>
                {
                    await stop.CancelAsync();
                    cancellationToken.ThrowIfCancellationRequested();
                    return true;
                },
            },
            stop.Token));

        Assert.Equal("champion 90 %, challenger 10 %", service.Traffic);
    }

    [Fact]
    public async Task An_update_that_fails_stops_the_rollout()
    {
        var service = new OneModelService { Failing = (2, HttpStatusCode.InternalServerError) };

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Rollouts(service).ShiftTrafficAsync("main.ai.chat", new("challenger")));

        Assert.StartsWith("Updating model service 'main.ai.chat' failed: 500", exception.Message, StringComparison.Ordinal);
        Assert.Equal("champion 90 %, challenger 10 %", service.Traffic);
    }

    [Fact]
    public async Task An_update_without_effect_is_no_success() => Assert.StartsWith(
        "Model service 'main.ai.chat' splits its traffic as champion 100 %, challenger 0 %, not as champion 90 %, challenger 10 %",
        (await Assert.ThrowsAsync<InvalidOperationException>(
            () => Rollouts(new OneModelService { Ignores = true }).SetTrafficAsync("main.ai.chat", NineToOne))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_destination_that_was_not_added_is_no_success() => Assert.StartsWith(
        "Model service 'main.ai.chat' splits its traffic as champion 100 %, challenger 0 %, not as champion 100 %, challenger 0 %, c 0 %",
        (await Assert.ThrowsAsync<InvalidOperationException>(() => Rollouts(new OneModelService { Ignores = true })
            .AddDestinationAsync("main.ai.chat", ModelServiceDestination.ToModel("c", "system.ai.c")))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_brief_response_is_completed_by_a_read()
    {
        var service = new OneModelService { AnswersBriefly = true };

        var updated = await Rollouts(service).SetTrafficAsync("main.ai.chat", NineToOne);

        Assert.Equal(("main.ai.chat (champion 90 %, challenger 10 %)", 2), (updated.ToString(), service.Reads));
    }

    public static TheoryData<ModelServiceTrafficShift, string> Nonsense => new()
    {
        { new("c") { Steps = [] }, "There are no Steps. Specify percentages, such as 10, 50, 100. (Parameter 'shift')" },
        { new("c") { Steps = [10, 10] }, "Steps are 10, 10. Specify increasing percentages from 0 to 100. (Parameter 'shift')" },
        { new("c") { SoakTime = TimeSpan.FromSeconds(-1) },
            "SoakTime is -00:00:01. Specify zero, or a positive time of at most 49 days. (Parameter 'shift')" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task An_invalid_shift_is_refused(ModelServiceTrafficShift shift, string complaint) => Assert.Equal(
        complaint,
        (await Assert.ThrowsAsync<ArgumentException>(
            () => Rollouts(new OneModelService()).ShiftTrafficAsync("main.ai.chat", shift))).Message);

    private ModelServiceRolloutsClient Rollouts(OneModelService service) => service.Client(_clock).ModelServices.Rollouts;
}
