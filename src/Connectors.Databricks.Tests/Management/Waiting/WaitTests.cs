using System.Net;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.Waiting;

/// <summary>Waits, on a clock that the test moves, for an endpoint whose answers the test has written down.</summary>
public sealed class WaitTests : EndpointWait
{
    [Fact]
    public async Task An_endpoint_is_ready_when_it_answers_and_is_not_changing()
    {
        Service.Answers(Creating).Answers(Updating).Answers(Updating).Answers(Managing.Ready);

        var endpoint = await Wait();

        Assert.Equal(("churn (READY, NOT_UPDATING)", 4), (endpoint.ToString(), Service.Sent.Count));
    }

    [Fact]
    public async Task An_endpoint_that_is_ready_costs_one_look()
    {
        Service.Answers(Managing.Ready);

        await Wait();

        Assert.Single(Service.Sent);
    }

    [Fact]
    public async Task Looks_grow_rarer_up_to_a_limit()
    {
        for (var i = 0; i < 13; i++)
        {
            Service.Answers(Updating);
        }

        Service.Answers(Managing.Ready);
        var progress = new RecordedProgress<EndpointWaitProgress>();

        await Wait(new() { Progress = progress });

        // 1, 2, 3, … 10, 10, 10 seconds, and the least jitter of 50 ms each.
        Assert.Equal(
            [0, 1.05, 3.1, 6.15, 10.2, 15.25, 21.3, 28.35, 36.4, 45.45, 55.5, 65.55, 75.6, 85.65],
            progress.All.Select(look => look.Elapsed.TotalSeconds));
    }

    [Fact]
    public async Task Progress_says_what_is_not_ready()
    {
        Service.Answers(Creating).Answers("", HttpStatusCode.ServiceUnavailable).Answers(Managing.Ready);
        var progress = new RecordedProgress<EndpointWaitProgress>();

        await Wait(new() { Progress = progress });

        Assert.Equal(
            [
                "00:00:00 churn NOT_READY, IN_PROGRESS; challenger: DEPLOYMENT_CREATING, Creating resources",
                "00:00:01 churn Getting endpoint 'churn' failed: 503 Service Unavailable. Try again.",
                "00:00:03 churn READY, NOT_UPDATING",
            ],
            progress.All.Select(look => look.ToString()));
        Assert.Equal(["challenger"], progress.All[0].NotReady.Select(entity => entity.Name));
        Assert.Equal([1, 2, 3], progress.All.Select(look => look.PollCount));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(404)]
    public async Task A_poll_that_fails_right_after_a_create_is_repeated(int status)
    {
        Service.Answers("""{"name":"churn"}""").Answers("", (HttpStatusCode)status).Answers(Managing.Ready);

        var endpoint = await Managing.Elapse(Clock, Endpoints.CreateAndWaitAsync(new("churn")));

        Assert.True(endpoint.IsReady);
        Assert.Equal(3, Service.Sent.Count);
    }

    [Fact]
    public async Task A_stale_poll_does_not_end_an_update_with_the_previous_configuration()
    {
        Service.Answers(Version("IN_PROGRESS", 1, pending: 2)).Answers(Version("NOT_UPDATING", 1)).Answers(Version("UPDATE_FAILED", 1))
            .Answers(Version("NOT_UPDATING", 2));

        var endpoint = await Managing.Elapse(Clock, Endpoints.UpdateAndWaitAsync("churn", Config));

        Assert.Equal((2, 4), (endpoint.Config!.ConfigVersion, Service.Sent.Count));
    }

    [Fact]
    public async Task An_update_that_never_takes_effect_is_a_failure()
    {
        Service.Answers(Version("IN_PROGRESS", 1, pending: 2));
        for (var i = 0; i < 20; i++)
        {
            Service.Answers(Version("NOT_UPDATING", 1));
        }

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Managing.Elapse(Clock, Endpoints.UpdateAndWaitAsync("churn", Config)));

        Assert.Equal(
            "Waiting for endpoint 'churn' failed: it still serves configuration 1, although the update to configuration 2 was accepted " +
            "00:01:00 ago. Get the endpoint before you update it again.",
            exception.Message);
    }

    [Fact]
    public async Task Provisioned_throughput_is_waited_for()
    {
        Service.Answers("""{"name":"churn"}""").Answers(Managing.Ready).Answers("""{"name":"churn"}""").Answers(Managing.Ready);
        var units = new EndpointConfig
        {
            ServedEntities = [ServedEntity.Model("e", "1") with { Name = "m", ProvisionedModelUnits = 50, BurstScaling = false }],
        };

        await Managing.Elapse(Clock, Endpoints.CreateProvisionedThroughputAndWaitAsync(new("churn") { Config = units }));
        await Managing.Elapse(Clock, Endpoints.UpdateProvisionedThroughputAndWaitAsync("churn", units));

        Assert.Equal(
            ["POST /pt", "GET /churn", "PUT /pt/churn/config", "GET /churn"],
            Service.Sent.Select(sent => $"{sent.Method} {sent.Uri.AbsolutePath["/api/2.0/serving-endpoints".Length..]}"));
    }

    private static EndpointConfig Config => new() { ServedEntities = [ServedEntity.Model("main.ml.churn", "2") with { Name = "a" }] };

    private static string Version(string update, int version, int? pending = null) =>
        $$"""{"name":"churn","state":{"ready":"READY","config_update":"{{update}}"},"config":{"config_version":{{version}} }""" +
        (pending is null ? "}" : $$""","pending_config":{"config_version":{{pending}} } }""");

    [Fact]
    public async Task An_endpoint_that_has_not_begun_yet_is_waited_for()
    {
        // The answers right after a create in Databricks' own fake.
        Service.Answers(Idle).Answers(Idle).Answers(Creating).Answers(Managing.Ready);

        Assert.True((await Wait()).IsReady);
    }

    [Fact]
    public async Task An_entity_that_recovers_is_waited_for()
    {
        const string Recovering =
            """
            {"name":"churn","state":{"ready":"NOT_READY","config_update":"NOT_UPDATING"},
             "config":{"served_entities":[{"name":"champion","state":{"deployment":"DEPLOYMENT_RECOVERING"}}]}}
            """;
        for (var i = 0; i < 20; i++)
        {
            Service.Answers(Recovering);
        }

        Service.Answers(Managing.Ready);

        Assert.True((await Wait()).IsReady);
    }

    [Fact]
    public async Task A_state_that_is_not_known_is_waited_out()
    {
        Service.Answers("""{"name":"churn","state":{"ready":"READY","config_update":"QUEUED"}}""").Answers("""{"name":"churn"}""")
            .Answers(Managing.Ready);

        Assert.True((await Wait()).IsReady);
    }

    [Fact]
    public async Task A_wait_without_a_deadline_goes_on()
    {
        for (var i = 0; i < 400; i++)
        {
            Service.Answers(Updating);
        }

        Service.Answers(Managing.Ready);

        Assert.True((await Wait(new() { Timeout = Timeout.InfiniteTimeSpan, PollInterval = TimeSpan.FromMinutes(1),
            MaxPollInterval = TimeSpan.FromMinutes(1) })).IsReady);
    }

    [Fact]
    public async Task Looks_that_fail_for_a_moment_do_not_end_the_wait()
    {
        Service.Answers(Updating);
        for (var i = 0; i < 4; i++)
        {
            Service.Answers("", HttpStatusCode.BadGateway);
        }

        Service.Answers(Updating).Throws(new HttpRequestException(HttpRequestError.ConnectionError, "Refused.")).Answers(Managing.Ready);

        Assert.True((await Wait()).IsReady);
    }

    public static TheoryData<EndpointWaitOptions, string> Nonsense => new()
    {
        { new() { Timeout = TimeSpan.Zero }, "Timeout is 00:00:00. Use a positive time of at most 49 days. (Parameter 'options')" },
        { new() { PollInterval = TimeSpan.FromSeconds(-1) },
            "PollInterval is -00:00:01. Use a positive time of at most 49 days. (Parameter 'options')" },
        { new() { MaxPollInterval = TimeSpan.FromDays(50) },
            "MaxPollInterval is 50.00:00:00. Use a positive time of at most 49 days. (Parameter 'options')" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Options_that_make_no_sense_are_refused_before_anything_is_sent(EndpointWaitOptions options, string complaint)
    {
        Assert.Equal(complaint, (await Assert.ThrowsAsync<ArgumentException>(() =>
            Endpoints.WaitUntilReadyAsync("churn", options))).Message);
        Assert.Equal(complaint, (await Assert.ThrowsAsync<ArgumentException>(() =>
            Endpoints.CreateAndWaitAsync(new("churn"), options))).Message);
        Assert.Empty(Service.Sent);
    }

    [Fact]
    public void The_defaults_are_those_of_the_page()
    {
        var options = new EndpointWaitOptions();

        Assert.Equal(
            (TimeSpan.FromMinutes(45), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), null),
            (options.Timeout, options.PollInterval, options.MaxPollInterval, options.Progress));
    }

    [Fact]
    public async Task Create_and_wait()
    {
        Service.Answers(Creating).Answers(Creating).Answers(Managing.Ready);

        var endpoint = await Managing.Elapse(Clock, Endpoints.CreateAndWaitAsync(new("churn")));

        Assert.True(endpoint.IsReady);
        Assert.Equal(["POST", "GET", "GET"], Service.Sent.Select(sent => sent.Method));
    }

    [Fact]
    public async Task Update_and_wait()
    {
        Service.Answers(Updating).Answers(Updating).Answers(Managing.Ready);

        var endpoint = await Managing.Elapse(
            Clock, Endpoints.UpdateAndWaitAsync("churn", new() { ServedEntities = [ServedEntity.Model("main.ml.churn", "7")] }));

        Assert.True(endpoint.IsReady);
        Assert.Equal(["PUT", "GET", "GET"], Service.Sent.Select(sent => sent.Method));
    }
}
