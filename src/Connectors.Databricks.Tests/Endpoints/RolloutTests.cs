using System.Net;
using System.Text.Json.Nodes;
using Connectors.Databricks.Endpoints;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Endpoints;

/// <summary>Rollouts against a small service that keeps one endpoint and takes what it is sent for its configuration.</summary>
public class RolloutTests
{
    private const string TwoEntities =
        """
        {"served_entities":[
           {"name":"champion","entity_name":"main.ml.churn","entity_version":"7","workload_size":"Small","scale_to_zero_enabled":false,
            "environment_vars":{"A":"b"},"gpu_memory":{"gb":40}},
           {"name":"challenger","entity_name":"main.ml.churn","entity_version":"8","workload_type":"GPU_SMALL"}],
         "auto_capture_config":{"enabled":true},
         "traffic_config":{"routes":[{"served_model_name":"champion","traffic_percentage":100}]}}
        """;

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Traffic_is_set_and_nothing_else_changes()
    {
        var service = new OneEndpoint(TwoEntities);

        var endpoint = await Elapse(Client(service).SetTrafficAsync("churn", TrafficConfig.Split(("champion", 90), ("challenger", 10))));

        Assert.Equal("champion 90 %, challenger 10 %", endpoint.Config!.Traffic!.ToString());
        JsonText.AssertEqual(
            """
            {"served_entities":[
               {"name":"champion","entity_name":"main.ml.churn","entity_version":"7","workload_size":"Small","scale_to_zero_enabled":false,
                "environment_vars":{"A":"b"},"gpu_memory":{"gb":40}},
               {"name":"challenger","entity_name":"main.ml.churn","entity_version":"8","workload_type":"GPU_SMALL"}],
             "traffic_config":{"routes":[{"served_model_name":"champion","traffic_percentage":90},
               {"served_model_name":"challenger","traffic_percentage":10}]},
             "auto_capture_config":{"enabled":true}}
            """,
            Assert.Single(service.Updates));
    }

    [Fact]
    public async Task A_model_is_added_without_calls()
    {
        var service = new OneEndpoint(
            """{"served_entities":[{"name":"champion","entity_name":"main.ml.churn","entity_version":"7"}],"traffic_config":{"routes":[{"served_model_name":"champion","traffic_percentage":100}]}}""");

        var endpoint = await Elapse(Client(service).AddServedEntityAsync("churn", ServedEntity.Model("main.ml.churn", "8") with { Name = "challenger" }));

        Assert.Equal(["champion", "challenger"], endpoint.Config!.ServedEntities.Select(entity => entity.Name));
        Assert.Equal("champion 100 %, challenger 0 %", endpoint.Config.Traffic!.ToString());
    }

    [Fact]
    public async Task A_model_that_is_there_is_not_added_again() => Assert.Equal(
        "Endpoint 'churn' serves a 'challenger' already. Set another Name. (Parameter 'entity')",
        (await Assert.ThrowsAsync<ArgumentException>(() => Elapse(Client(new OneEndpoint(TwoEntities))
            .AddServedEntityAsync("churn", ServedEntity.Model("main.ml.churn", "9") with { Name = "challenger" })))).Message);

    [Fact]
    public async Task Traffic_is_shifted_in_steps_with_a_check_after_each()
    {
        var service = new OneEndpoint(TwoEntities);
        var heard = new Heard();
        var judged = new List<string>();

        var result = await Elapse(Client(service).ShiftTrafficAsync("churn", new TrafficShift("challenger")
        {
            Steps = [5, 50, 100],
            SoakTime = TimeSpan.FromMinutes(5),
            Progress = heard,
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
                "churn: step 1 of 3, challenger 5 %, Updating", "churn: step 1 of 3, challenger 5 %, Soaking", "churn: step 1 of 3, challenger 5 %, Checking",
                "churn: step 2 of 3, challenger 50 %, Updating", "churn: step 2 of 3, challenger 50 %, Soaking", "churn: step 2 of 3, challenger 50 %, Checking",
                "churn: step 3 of 3, challenger 100 %, Updating", "churn: step 3 of 3, challenger 100 %, Soaking", "churn: step 3 of 3, challenger 100 %, Checking",
                "churn: step 3 of 3, challenger 100 %, Completed",
            ],
            heard.All.Select(step => step.ToString()));
        Assert.Equal("champion 100 %", result.Before.Traffic!.ToString());
        Assert.True(_clock.GetUtcNow() - Start >= TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task A_refused_step_takes_everything_back()
    {
        var service = new OneEndpoint(TwoEntities);
        var heard = new Heard();

        var result = await Elapse(Client(service).ShiftTrafficAsync("churn", new TrafficShift("challenger")
        {
            Progress = heard,
            Check = (step, _) => Task.FromResult(step.Number < 2),
        }));

        Assert.Equal((false, 50), (result.IsCompleted, result.Step.Percentage));
        Assert.Equal("champion 100 %", result.Endpoint.Config!.Traffic!.ToString());
        Assert.Equal(3, service.Updates.Count);
        Assert.Equal([TrafficShiftPhase.RollingBack, TrafficShiftPhase.RolledBack], heard.All.TakeLast(2).Select(step => step.Phase));
    }

    [Fact]
    public async Task A_check_that_throws_takes_everything_back_and_is_heard()
    {
        var service = new OneEndpoint(TwoEntities);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => Elapse(Client(service).ShiftTrafficAsync(
            "churn", new TrafficShift("challenger") { Check = (_, _) => throw new InvalidDataException("No metrics.") })));

        Assert.Equal("No metrics.", exception.Message);
        Assert.Equal("champion 100 %", service.Traffic);
    }

    [Fact]
    public async Task A_cancelled_rollout_stays_where_it_stands()
    {
        using var stop = new CancellationTokenSource();
        var service = new OneEndpoint(TwoEntities);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Elapse(Client(service).ShiftTrafficAsync(
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
    public async Task A_change_by_somebody_else_stops_the_rollout()
    {
        var service = new OneEndpoint(TwoEntities);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Elapse(Client(service).ShiftTrafficAsync(
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
            "Endpoint 'churn' was changed by somebody else during the rollout (configuration 5, and not 2). The rollout stops where it stands: " +
            "champion 90 %, challenger 10 %.",
            exception.Message);
    }

    [Fact]
    public async Task An_update_that_fails_stops_the_rollout()
    {
        var service = new OneEndpoint(TwoEntities) { Outcome = "UPDATE_FAILED" };

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Elapse(Client(service).ShiftTrafficAsync("churn", new TrafficShift("challenger"))));

        Assert.StartsWith("Waiting for endpoint 'churn' failed: its update failed", exception.Message, StringComparison.Ordinal);
        Assert.Single(service.Updates);
    }

    [Fact]
    public async Task An_update_that_ends_otherwise_is_no_success()
    {
        var service = new OneEndpoint(TwoEntities) { Ignores = true };

        Assert.StartsWith(
            "Endpoint 'churn' shares its calls out as champion 100 %, and not as champion 90 %, challenger 10 %",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => Elapse(Client(service).SetTrafficAsync(
                "churn", TrafficConfig.Split(("champion", 90), ("challenger", 10)))))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promotion_leaves_one()
    {
        var service = new OneEndpoint(TwoEntities);

        var endpoint = await Elapse(Client(service).PromoteAsync("churn", "challenger"));

        Assert.Equal(("challenger", WorkloadType.GpuSmall), (Assert.Single(endpoint.Config!.ServedEntities).Name, endpoint.Config.ServedEntities[0].WorkloadType));
        Assert.Equal("challenger 100 %", endpoint.Config.Traffic!.ToString());
    }

    [Fact]
    public async Task What_is_not_served_cannot_be_promoted() => Assert.Equal(
        "Endpoint 'churn' serves no 'third'. It serves: champion, challenger. Endpoints.AddServedEntityAsync puts a model there. " +
        "(Parameter 'servedEntityName')",
        (await Assert.ThrowsAsync<ArgumentException>(() => Elapse(Client(new OneEndpoint(TwoEntities)).PromoteAsync("churn", "third")))).Message);

    [Fact]
    public async Task A_promotion_is_rolled_back()
    {
        var service = new OneEndpoint(TwoEntities);
        var endpoints = Client(service);
        var before = await endpoints.GetAsync("churn");
        await Elapse(endpoints.PromoteAsync("churn", "challenger"));

        var endpoint = await Elapse(endpoints.RollBackAsync("churn", before.Config!));

        Assert.Equal(["champion", "challenger"], endpoint.Config!.ServedEntities.Select(entity => entity.Name));
        Assert.Equal(40, endpoint.Config.ServedEntities[0].AdditionalProperties["gpu_memory"].GetProperty("gb").GetInt32());
        Assert.Equal("champion 100 %", endpoint.Config.Traffic!.ToString());
    }

    [Fact]
    public async Task A_rollout_waits_for_the_update_that_is_under_way()
    {
        var service = new OneEndpoint(TwoEntities) { UpdatingFor = 3 };

        await Elapse(Client(service).SetTrafficAsync("churn", TrafficConfig.All("champion")));

        Assert.Equal(4, service.ReadsBeforeUpdate);
    }

    [Fact]
    public async Task A_secret_that_is_not_told_is_taken_from_the_caller()
    {
        const string Anthropic =
            """
            {"served_entities":[{"name":"claude","external_model":{"provider":"anthropic","name":"claude","task":"llm/v1/chat","anthropic_config":{}}},
              {"name":"other","external_model":{"provider":"anthropic","name":"o","task":"llm/v1/chat","anthropic_config":{"anthropic_api_key":"{{secrets/a/b}}"}}}],
             "traffic_config":{"routes":[{"served_model_name":"claude","traffic_percentage":100}]}}
            """;
        var given = ServedEntity.External(ExternalModel.ForAnthropic("claude", EndpointTask.Chat, new() { ApiKey = EndpointSecret.FromPlaintext("sk-1") }))
            with { Name = "claude" };
        var service = new OneEndpoint(Anthropic);
        var endpoints = Client(service);
        var traffic = TrafficConfig.Split(("claude", 50), ("other", 50));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Elapse(endpoints.SetTrafficAsync("churn", traffic)));
        await Elapse(endpoints.SetTrafficAsync("churn", traffic, [given]));

        Assert.Equal(
            "Endpoint 'churn' cannot be updated with what it tells: the anthropic_api_key of served entity 'claude' was given as text, which the service " +
            "never tells. Give the whole entity in Entities, or move the secret into a scope.",
            refusal.Message);
        var sent = JsonNode.Parse(Assert.Single(service.Updates))!["served_entities"]!;
        Assert.Equal("sk-1", sent[0]!["external_model"]!["anthropic_config"]!["anthropic_api_key_plaintext"]!.GetValue<string>());
        Assert.Equal("{{secrets/a/b}}", sent[1]!["external_model"]!["anthropic_config"]!["anthropic_api_key"]!.GetValue<string>());
    }

    [Fact]
    public async Task Burst_scaling_that_is_not_told_is_taken_from_the_caller()
    {
        var service = new OneEndpoint("""{"served_entities":[{"name":"m","entity_name":"e","entity_version":"1","provisioned_model_units":50}]}""");
        var endpoints = Client(service);

        Assert.Contains(
            "the service does not tell whether burst scaling of served entity 'm' is on",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => Elapse(endpoints.SetTrafficAsync("churn", TrafficConfig.All("m"))))).Message,
            StringComparison.Ordinal);
        await Elapse(endpoints.SetTrafficAsync(
            "churn", TrafficConfig.All("m"), [ServedEntity.Model("e", "1") with { Name = "m", ProvisionedModelUnits = 50, BurstScaling = false }]));

        Assert.Equal("PUT /api/2.0/serving-endpoints/pt/churn/config", service.UpdateLine);
    }

    [Fact]
    public async Task An_entity_that_is_given_must_be_served() => Assert.Contains(
        "serves no 'x' that a given entity could stand in for",
        (await Assert.ThrowsAsync<InvalidOperationException>(() => Elapse(Client(new OneEndpoint(TwoEntities))
            .SetTrafficAsync("churn", TrafficConfig.All("champion"), [ServedEntity.Model("e", "1") with { Name = "x" }])))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task An_endpoint_that_serves_nothing_yet_has_nothing_to_share_out() => Assert.StartsWith(
        "Endpoint 'churn' serves nothing yet",
        (await Assert.ThrowsAsync<InvalidOperationException>(
            () => Elapse(Client(new OneEndpoint("null")).SetTrafficAsync("churn", TrafficConfig.All("champion"))))).Message,
        StringComparison.Ordinal);

    public static TheoryData<TrafficShift, string> Nonsense => new()
    {
        { new("c") { Steps = [] }, "There are no Steps. Give percentages, such as 10, 50, 100. (Parameter 'shift')" },
        { new("c") { Steps = [10, 10] }, "Steps are 10, 10. Give rising percentages from 0 to 100. (Parameter 'shift')" },
        { new("c") { Steps = [101] }, "Steps are 101. Give rising percentages from 0 to 100. (Parameter 'shift')" },
        { new("c") { SoakTime = TimeSpan.FromSeconds(-1) }, "SoakTime is -00:00:01. Give none, or a positive time of at most 49 days. (Parameter 'shift')" },
        { new("c") { Wait = new() { Timeout = TimeSpan.Zero } }, "Timeout is 00:00:00. Use a positive time of at most 49 days. (Parameter 'shift')" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task A_shift_that_makes_no_sense_is_refused(TrafficShift shift, string complaint) => Assert.Equal(
        complaint, (await Assert.ThrowsAsync<ArgumentException>(() => Client(new OneEndpoint(TwoEntities)).ShiftTrafficAsync("churn", shift))).Message);

    private DateTimeOffset Start { get; } = new ManualClock().GetUtcNow();

    private DatabricksEndpointClient Client(OneEndpoint service) => new VerbatimService().Client(options =>
    {
        options.HttpClient = new HttpClient(service) { Timeout = Timeout.InfiniteTimeSpan };
        options.TimeProvider = _clock;
        options.RequestTimeout = Timeout.InfiniteTimeSpan;
    }).Endpoints;

    private Task<T> Elapse<T>(Task<T> task) => Managing.Elapse(_clock, task);

    private sealed class Heard : IProgress<TrafficShiftStep>
    {
        public List<TrafficShiftStep> All { get; } = [];

        public void Report(TrafficShiftStep value) => All.Add(value);
    }

    /// <summary>Keeps one configuration; an update is under way for one read, as in Databricks' own fake.</summary>
    private sealed class OneEndpoint(string config) : HttpMessageHandler
    {
        private string _config = config;
        private int _reads;

        public List<string> Updates { get; } = [];

        public string? UpdateLine { get; private set; }

        public int UpdatingFor { get; set; }

        public int ReadsBeforeUpdate { get; private set; }

        public int Version { get; set; } = 1;

        public string? Outcome { get; init; }

        public bool Ignores { get; init; }

        public string Traffic => string.Join(", ", JsonNode.Parse(_config)!["traffic_config"]!["routes"]!.AsArray()
            .Where(route => route!["traffic_percentage"]!.GetValue<int>() > 0)
            .Select(route => $"{route!["served_model_name"]} {route["traffic_percentage"]} %"));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Put)
            {
                Assert.Equal(0, UpdatingFor);
                var body = await request.Content!.ReadAsStringAsync(cancellationToken);
                UpdateLine = $"PUT {request.RequestUri!.AbsolutePath}";
                Updates.Add(body);
                ReadsBeforeUpdate = _reads;
                _config = Ignores ? _config : (JsonNode.Parse(body)!["config"] ?? JsonNode.Parse(body)!).ToJsonString();
                Version++;
                UpdatingFor = 1;
                return Answer("IN_PROGRESS");
            }

            _reads++;
            return Answer(UpdatingFor-- > 0 ? "IN_PROGRESS" : Updates.Count > 0 && Outcome is not null ? Outcome : "NOT_UPDATING");
        }

        private HttpResponseMessage Answer(string update)
        {
            UpdatingFor = Math.Max(0, UpdatingFor);
            var config = JsonNode.Parse(_config);
            if (config is not null)
            {
                config["config_version"] = Version;
            }

            var endpoint = new JsonObject
            {
                ["name"] = "churn",
                ["state"] = new JsonObject { ["ready"] = "READY", ["config_update"] = update },
                ["config"] = config,
            };
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(endpoint.ToJsonString(), null, "application/json") };
        }
    }
}
