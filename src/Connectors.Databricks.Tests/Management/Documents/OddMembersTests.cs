using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.Documents;

/// <summary>One odd member of one endpoint does not make others unreadable.</summary>
public class OddMembersTests
{
    [Theory]
    [InlineData("""{"name":"odd","route_optimized":"true"}""")]
    [InlineData("""{"name":"odd","route_optimized":null}""")]
    [InlineData("""{"name":"odd","state":{"ready":null,"config_update":null}}""")]
    [InlineData("""{"name":"odd","config":{"served_entities":[null,{"name":"a","entity_version":7,"scale_to_zero_enabled":"false"}]}}""")]
    [InlineData("""{"name":"odd","config":{"traffic_config":{"routes":[{"served_model_name":"a","traffic_percentage":null}]}}}""")]
    [InlineData("""{"name":"odd","config":{"traffic_config":{"routes":[{"served_model_name":"a","traffic_percentage":"90"}]}}}""")]
    [InlineData("""{"name":"odd","tags":[null,{"key":"a"}]}""")]
    [InlineData("""{"name":"odd","config":7,"creator":{"a":1}}""")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    public async Task In_a_list(string odd)
    {
        var list = $$"""{"endpoints":[{"name":"before","creator":"a"},{{odd}},{"name":"after","creator":"b"}]}""";

        var endpoints = await new VerbatimService().Answers(list).Client().GetManagementClient().ListAsync();
        var snapshot = await new VerbatimService().Answers(list).Client().Directory.GetAsync();

        Assert.Equal(["before a", "after b"], endpoints.Where(one => one.Name != "odd").Select(one => $"{one.Name} {one.Creator}"));
        Assert.Equal(["before a", "after b"], snapshot.Profiles.Where(one => one.Name != "odd").Select(one => $"{one.Name} {one.Creator}"));
        Assert.Equal(odd.Contains("odd", StringComparison.Ordinal) ? 3 : 2, endpoints.Count);
        Assert.Equal((3, endpoints.Count), (snapshot.Profiles.Count + snapshot.Unreadable.Count, snapshot.Profiles.Count));
    }

    [Fact]
    public async Task An_item_of_the_directory_that_is_no_endpoint_is_named() => Assert.Equal(
        ["endpoints[0] is null", "endpoints[1] has no 'name'", "endpoints[2] is a JSON Number"],
        (await new VerbatimService().Answers("""{"endpoints":[null,{},7]}""").Client().Directory.GetAsync()).Unreadable);

    [Fact]
    public async Task What_cannot_be_read_is_kept_as_it_came()
    {
        var endpoint = Assert.Single(await new VerbatimService().Answers("""{"endpoints":[{"name":"odd","config":7,"creator":"a"}]}""")
            .Client().GetManagementClient().ListAsync());

        Assert.Equal(["config"], endpoint.AdditionalProperties.Keys);
        Assert.Equal(("a", "config"), (endpoint.Creator, Assert.Single(endpoint.Unreadable)));
        Assert.Equal(7, endpoint.AdditionalProperties["config"].GetInt32());
    }

    [Fact]
    public async Task Items_of_a_list_that_are_no_endpoints_are_named()
    {
        var endpoints = await Managing(
            """{"endpoints":[null,{},7,{"name":{}},{"name":"a","tags":[null,{"key":"b"}]}]}""").ListAsync();

        Assert.Equal(
            ["endpoints[0] is null", "endpoints[1] has no 'name'", "endpoints[2] is a JSON Number", "endpoints[3] has no 'name'"],
            endpoints.Unreadable);
        Assert.Equal(("a", "tags[0]"), (Assert.Single(endpoints).Name, Assert.Single(endpoints[0].Unreadable)));
    }

    [Fact]
    public async Task One_endpoint_is_read_except_for_its_odd_members_which_are_named()
    {
        const string Document = """
            {"name":"odd","creator":"a","tags":7,"new":[null],"config":{"traffic_config":{"routes":[{"traffic_percentage":true}]}},
             "pending_config":{"served_entities":[null]}}
            """;

        var endpoint = await Managing(Document).GetAsync("odd");
        var made = DatabricksManagementModelFactory.ServingEndpoint(Document);

        Assert.Equal(("odd", "a"), (endpoint.Name, endpoint.Creator));
        Assert.Equal(
            ["tags", "config.traffic_config.routes[0].traffic_percentage", "pending_config.served_entities[0]"], endpoint.Unreadable);
        Assert.Equal(["config", "new", "tags"], endpoint.AdditionalProperties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(endpoint, made);
        Assert.Equal(endpoint.Unreadable, made.Unreadable);
    }

    [Theory]
    [InlineData("""{"name":{}}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task A_document_without_a_name_is_malformed(string document) =>
        await Assert.ThrowsAsync<DatabricksServingException>(() => Managing(document).GetAsync("odd"));

    [Fact]
    public async Task A_change_that_was_made_succeeds_whatever_member_of_the_response_is_odd()
    {
        var config = new EndpointConfig { ServedEntities = [ServedEntity.Model("a.b.c", "1") with { ProvisionedModelUnits = 50 }] };
        string[] unreadable =
        [
            .. (await Managing("""{"name":"odd","tags":7}""").CreateAsync(new("odd") { Config = config })).Unreadable,
            .. (await Managing("""{"name":"odd","tags":7}""").CreateProvisionedThroughputAsync(new("odd") { Config = config })).Unreadable,
            .. (await Managing("""{"tags":7}""").UpdateConfigAsync("odd", config)).Unreadable,
            .. (await Managing("""{"tags":7}""").UpdateProvisionedThroughputAsync("odd", config)).Unreadable,
            .. (await Managing("""{"tags":7}""").UpdateTelemetryAsync("odd", null)).Unreadable,
            .. (await Managing("""{"tags":7}""").UpdateSystemMetricsExportAsync("odd", SystemMetricsExport.Enabled)).Unreadable,
            .. (await Managing("""{"guardrails":7}""").UpdateAIGatewayAsync("odd", new())).Unreadable,
            .. (await Managing("""{"email_notifications":{"on_update_failure":7}}""").UpdateNotificationsAsync("odd", new())).Unreadable,
        ];

        Assert.Equal(["tags", "tags", "tags", "tags", "tags", "tags", "guardrails", "on_update_failure"], unreadable);
        Assert.Equal("a", Assert.Single(await Managing("""{"tags":[null,{"key":"a"}]}""").UpdateTagsAsync("odd", [new("a")])).Key);
        Assert.Equal("a", Assert.Single(await Managing("""[null,{"key":"a"}]""").UpdateTagsAsync("odd", [new("a")])).Key);
        Assert.Equal(
            "calls",
            Assert.Single(Assert.Single(await Managing("""{"rate_limits":[null,{"calls":{}}]}""").UpdateRateLimitsAsync("odd", []))
                .Unreadable));
        Assert.Equal(
            "throughput_chunk_size",
            Assert.Single((await Managing("""{"optimizable":true,"throughput_chunk_size":[]}""").GetModelOptimizationInfoAsync("a", "1"))
                .Unreadable));
    }

    [Fact]
    public async Task Odd_entries_of_permissions_are_named()
    {
        const string Endpoint = """{"name":"odd","id":"7"}""";
        var permissions = await new VerbatimService().Answers(Endpoint).Answers(
            """
            {"object_id":"/serving-endpoints/7","access_control_list":[null,{"user_name":"a","all_permissions":7},{"group_name":"b"}]}
            """).Client().GetManagementClient().Permissions.GetAsync("odd");
        var levels = await new VerbatimService().Answers(Endpoint).Answers(
            """{"permission_levels":[null,{"permission_level":"CAN_QUERY","description":{}}]}""")
            .Client().GetManagementClient().Permissions.GetLevelsAsync("odd");

        Assert.Equal(["a ", " b"], permissions.AccessControl.Select(entry => $"{entry.UserName} {entry.GroupName}"));
        Assert.Equal("access_control_list[0]", Assert.Single(permissions.Unreadable));
        Assert.Equal("all_permissions", Assert.Single(permissions.AccessControl[0].Unreadable));
        Assert.Equal("description", Assert.Single(Assert.Single(levels).Unreadable));
    }

    [Theory]
    [InlineData("""{"name":"odd","config":{"config_version":3,"traffic_config":7}}""", "config.traffic_config")]
    [InlineData("""{"name":"odd","config":7}""", "config")]
    public async Task A_configuration_that_cannot_be_read_is_not_taken_for_none(string document, string named)
    {
        var service = new VerbatimService().Answers(document).Answers(document).Answers(document);
        var client = service.Client().GetManagementClient();
        var known = new EndpointConfig { ServedEntities = [ServedEntity.Model("a.b.c", "1")], ConfigVersion = 3 };

        Func<Task>[] calls =
        [
            () => client.Rollouts.SetTrafficAsync("odd", TrafficConfig.All("c-1")),
            () => client.Rollouts.RollBackAsync("odd", known),
            () => client.UpdateConfigAsync("odd", known),
        ];
        foreach (var call in calls)
        {
            Assert.Contains($"'{named}' cannot be read", (await Assert.ThrowsAsync<InvalidOperationException>(call)).Message);
        }

        Assert.All(service.Sent, sent => Assert.Equal("GET", sent.Method));
    }

    [Fact]
    public async Task An_id_that_cannot_be_read_is_not_taken_for_none() => Assert.Contains(
        "'id' cannot be read",
        (await Assert.ThrowsAsync<InvalidOperationException>(
            () => Managing("""{"name":"odd","id":[]}""").Permissions.GetAsync("odd"))).Message);

    [Fact]
    public async Task A_state_that_cannot_be_read_ends_a_wait() => Assert.Contains(
        "its state cannot be read (state)",
        (await Assert.ThrowsAsync<DatabricksServingException>(
            () => Managing("""{"name":"odd","state":7}""").WaitUntilReadyAsync("odd"))).Message);

    private static DatabricksManagementClient Managing(string answer) =>
        new VerbatimService().Answers(answer).Client().GetManagementClient();

    [Fact]
    public async Task Booleans_versions_and_percentages_may_be_text_or_numbers()
    {
        var endpoint = await new VerbatimService().Answers(
            """
            {"name":"churn","route_optimized":"true","config":{"served_entities":[null,{"name":"a","entity_version":7,
              "scale_to_zero_enabled":"false"}],"traffic_config":{"routes":[{"served_model_name":"a","traffic_percentage":"100"}]}}}
            """).Client().GetManagementClient().GetAsync("churn");

        var entity = Assert.Single(endpoint.Config!.ServedEntities);
        Assert.Equal(
            (true, "7", false, 100),
            (endpoint.RouteOptimized, entity.EntityVersion, entity.ScaleToZero, endpoint.Config.Traffic!.PercentageOf("a")));
    }
}
