using System.Text.Json.Nodes;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.Rollouts;

/// <summary>Changes of traffic against a small service that takes what it is sent for its configuration.</summary>
public class RolloutTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Traffic_is_set_and_nothing_else_changes()
    {
        var service = new OneEndpoint(OneEndpoint.Two);

        var endpoint = await Elapse(
            Client(service).Rollouts.SetTrafficAsync("churn", TrafficConfig.Split(("champion", 90), ("challenger", 10))));

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

        var endpoint = await Elapse(
            Client(service).Rollouts.AddServedEntityAsync("churn", ServedEntity.Model("main.ml.churn", "8") with { Name = "challenger" }));

        Assert.Equal(["champion", "challenger"], endpoint.Config!.ServedEntities.Select(entity => entity.Name));
        Assert.Equal("champion 100 %, challenger 0 %", endpoint.Config.Traffic!.ToString());
    }

    [Fact]
    public async Task A_model_that_is_there_is_not_added_again() => Assert.Equal(
        "Endpoint 'churn' serves a 'challenger' already. Set another Name. (Parameter 'entity')",
        (await Assert.ThrowsAsync<ArgumentException>(() => Elapse(Client(new OneEndpoint(OneEndpoint.Two))
            .Rollouts.AddServedEntityAsync("churn", ServedEntity.Model("main.ml.churn", "9") with { Name = "challenger" })))).Message);

    [Fact]
    public async Task An_update_that_ends_otherwise_is_no_success()
    {
        var service = new OneEndpoint(OneEndpoint.Two) { Ignores = true };

        Assert.StartsWith(
            "Endpoint 'churn' splits its traffic as champion 100 %, not as champion 90 %, challenger 10 %",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => Elapse(Client(service).Rollouts.SetTrafficAsync(
                "churn", TrafficConfig.Split(("champion", 90), ("challenger", 10)))))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promotion_leaves_one()
    {
        var service = new OneEndpoint(OneEndpoint.Two);

        var endpoint = await Elapse(Client(service).Rollouts.PromoteAsync("churn", "challenger"));

        Assert.Equal(("challenger", WorkloadType.GpuSmall),
            (Assert.Single(endpoint.Config!.ServedEntities).Name, endpoint.Config.ServedEntities[0].WorkloadType));
        Assert.Equal("challenger 100 %", endpoint.Config.Traffic!.ToString());
    }

    [Fact]
    public async Task What_is_not_served_cannot_be_promoted() => Assert.Equal(
        "Endpoint 'churn' serves no 'third'. It serves: champion, challenger. Rollouts.AddServedEntityAsync adds one. " +
        "(Parameter 'servedEntityName')",
        (await Assert.ThrowsAsync<ArgumentException>(() =>
            Elapse(Client(new OneEndpoint(OneEndpoint.Two)).Rollouts.PromoteAsync("churn", "third")))).Message);

    [Fact]
    public async Task A_promotion_is_rolled_back()
    {
        var service = new OneEndpoint(OneEndpoint.Two);
        var endpoints = Client(service);
        var before = await endpoints.GetAsync("churn");
        await Elapse(endpoints.Rollouts.PromoteAsync("churn", "challenger"));

        var endpoint = await Elapse(endpoints.Rollouts.RollBackAsync("churn", before.Config!));

        Assert.Equal(["champion", "challenger"], endpoint.Config!.ServedEntities.Select(entity => entity.Name));
        Assert.Equal(40, endpoint.Config.ServedEntities[0].AdditionalProperties["gpu_memory"].GetProperty("gb").GetInt32());
        Assert.Equal("champion 100 %", endpoint.Config.Traffic!.ToString());
    }

    [Fact]
    public async Task An_update_of_another_version_than_expected_is_not_sent()
    {
        var service = new OneEndpoint(OneEndpoint.Two) { Version = 4 };
        var rollouts = Client(service).Rollouts;
        var before = (await Client(service).GetAsync("churn")).Config!;
        EndpointUpdateOptions three = new() { ExpectedConfigVersion = 3 };

        foreach (var call in new Func<Task<ServingEndpoint>>[]
        {
            () => rollouts.SetTrafficAsync("churn", TrafficConfig.All("champion"), three),
            () => rollouts.AddServedEntityAsync("churn", ServedEntity.Model("e", "1") with { Name = "x" }, options: three),
            () => rollouts.PromoteAsync("churn", "champion", three),
            () => rollouts.RollBackAsync("churn", before, three),
        })
        {
            Assert.Equal(
                "Endpoint 'churn' was changed concurrently: its configuration is 4, not 3. The update was not sent.",
                (await Assert.ThrowsAsync<InvalidOperationException>(() => Elapse(call()))).Message);
        }

        Assert.Empty(service.Updates);
        await Elapse(rollouts.SetTrafficAsync("churn", TrafficConfig.All("champion"), new() { ExpectedConfigVersion = 4 }));
        Assert.Single(service.Updates);
    }

    [Fact]
    public async Task A_configuration_that_was_read_does_not_overwrite_a_concurrent_change()
    {
        var service = new OneEndpoint(OneEndpoint.Two);
        var client = Client(service);
        var config = (await client.GetAsync("churn")).Config!;
        service.Version = 2;

        Assert.Equal(
            "Endpoint 'churn' was changed concurrently: its configuration is 2, not 1. The update was not sent; set ConfigVersion to " +
            "null to overwrite the change.",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => client.UpdateConfigAsync("churn", config))).Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.UpdateAndWaitAsync("churn", config));

        await client.UpdateConfigAsync("churn", config with { ConfigVersion = null });
        Assert.Single(service.Updates);
    }

    [Fact]
    public async Task A_rollout_waits_for_the_update_that_is_under_way()
    {
        var service = new OneEndpoint(OneEndpoint.Two) { UpdatingFor = 3 };

        await Elapse(Client(service).Rollouts.SetTrafficAsync("churn", TrafficConfig.All("champion")));

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
        var given = ServedEntity.External(
            ExternalModel.ForAnthropic("claude", EndpointTask.Chat, new() { ApiKey = EndpointSecret.FromPlaintext("sk-1") }))
            with { Name = "claude" };
        var service = new OneEndpoint(Anthropic);
        var endpoints = Client(service);
        var traffic = TrafficConfig.Split(("claude", 50), ("other", 50));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Elapse(endpoints.Rollouts.SetTrafficAsync("churn", traffic)));
        await Elapse(endpoints.Rollouts.SetTrafficAsync("churn", traffic, new() { EntityOverrides = [given] }));

        Assert.Equal(
            "Endpoint 'churn' cannot be updated with its current configuration: the anthropic_api_key of served entity 'claude' was set " +
            "as plain text, which the service never returns. Pass the whole entity in EntityOverrides, or move the secret into a secret " +
            "scope.",
            refusal.Message);
        var sent = JsonNode.Parse(Assert.Single(service.Updates))!["served_entities"]!;
        Assert.Equal("sk-1", sent[0]!["external_model"]!["anthropic_config"]!["anthropic_api_key_plaintext"]!.GetValue<string>());
        Assert.Equal("{{secrets/a/b}}", sent[1]!["external_model"]!["anthropic_config"]!["anthropic_api_key"]!.GetValue<string>());
    }

    [Fact]
    public async Task Burst_scaling_that_is_not_returned_is_taken_from_the_caller()
    {
        var service = new OneEndpoint(
            """{"served_entities":[{"name":"m","entity_name":"e","entity_version":"1","provisioned_model_units":50}]}""");
        var endpoints = Client(service);

        Assert.Contains(
            "the service does not return whether burst scaling of served entity 'm' is on",
            (await Assert.ThrowsAsync<InvalidOperationException>(() =>
                Elapse(endpoints.Rollouts.SetTrafficAsync("churn", TrafficConfig.All("m"))))).Message,
            StringComparison.Ordinal);
        await Elapse(endpoints.Rollouts.SetTrafficAsync(
            "churn",
            TrafficConfig.All("m"),
            new() { EntityOverrides = [ServedEntity.Model("e", "1") with { Name = "m", ProvisionedModelUnits = 50,
                BurstScaling = false }] }));

        Assert.Equal("PUT /api/2.0/serving-endpoints/pt/churn/config", service.UpdateLine);
    }

    [Fact]
    public async Task An_entity_that_is_given_must_be_served() => Assert.Contains(
        "serves no 'x' that an entity of EntityOverrides could replace",
        (await Assert.ThrowsAsync<InvalidOperationException>(() => Elapse(Client(new OneEndpoint(OneEndpoint.Two))
            .Rollouts.SetTrafficAsync("churn", TrafficConfig.All("champion"),
                new() { EntityOverrides = [ServedEntity.Model("e", "1") with { Name = "x" }] })))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task An_endpoint_that_serves_nothing_yet_has_nothing_to_share_out() => Assert.StartsWith(
        "Endpoint 'churn' serves nothing yet",
        (await Assert.ThrowsAsync<InvalidOperationException>(
            () => Elapse(Client(new OneEndpoint("null")).Rollouts.SetTrafficAsync("churn", TrafficConfig.All("champion"))))).Message,
        StringComparison.Ordinal);

    private DatabricksManagementClient Client(OneEndpoint service) => service.Client(_clock);

    private Task<T> Elapse<T>(Task<T> task) => Managing.Elapse(_clock, task);
}
