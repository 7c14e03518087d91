using System.Text.Json;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;
using Moq;

namespace Connectors.Databricks.Tests.Management.Documents;

/// <summary>What is read of an endpoint whatever the service makes of it.</summary>
public class ServingEndpointTests
{
    [Fact]
    public async Task Members_that_are_not_known_are_kept_at_every_depth()
    {
        var endpoint = await Get(
            """
            {"name":"churn","capabilities":{"function_calling":true},"endpoint_type":"FOUNDATION_MODEL_API",
             "state":{"ready":"READY","config_update":"NOT_UPDATING","suspend":"NOT_SUSPENDED"},
             "config":{"compute":"new","served_entities":[{"name":"a","model_class":"llm","state":{"deployment":"DEPLOYMENT_READY","since":1}}],
               "traffic_config":{"sticky":true,"routes":[{"served_model_name":"a","traffic_percentage":100,"region":"eu"}]}}}
            """);

        Assert.Equal(["capabilities", "endpoint_type"], endpoint.AdditionalProperties.Keys);
        Assert.True(endpoint.AdditionalProperties["capabilities"].GetProperty("function_calling").GetBoolean());
        Assert.Equal("NOT_SUSPENDED", endpoint.State!.AdditionalProperties["suspend"].GetString());
        Assert.Equal("new", endpoint.Config!.AdditionalProperties["compute"].GetString());
        Assert.Equal("llm", endpoint.Config.ServedEntities[0].AdditionalProperties["model_class"].GetString());
        Assert.Equal(1, endpoint.Config.ServedEntities[0].State!.AdditionalProperties["since"].GetInt32());
        Assert.True(endpoint.Config.Traffic!.AdditionalProperties["sticky"].GetBoolean());
        Assert.Equal("eu", endpoint.Config.Traffic.Routes[0].AdditionalProperties["region"].GetString());
    }

    [Fact]
    public async Task Words_that_are_not_known_are_kept()
    {
        var endpoint = await Get(
            """
            {"name":"churn","task":"llm/v9/song","permission_level":"CAN_DREAM","state":{"ready":"ALMOST","config_update":7},
             "config":{"served_entities":[{"workload_type":"QPU","workload_size":"Vast","state":{"deployment":"DEPLOYMENT_SLEEPING"}}]}}
            """);

        var entity = endpoint.Config!.ServedEntities[0];
        Assert.Equal(
            ("llm/v9/song", "CAN_DREAM", "ALMOST, 7", "QPU", "Vast", "DEPLOYMENT_SLEEPING"),
            (endpoint.Task!.Value.Value, endpoint.PermissionLevel!.Value.Value, endpoint.State!.ToString(),
                entity.WorkloadType!.Value.Value,
                entity.WorkloadSize!.Value.Value, entity.State!.Deployment.Value));
        Assert.Equal((false, false), (endpoint.IsReady, endpoint.IsUpdating));
    }

    [Fact]
    public async Task Served_models_of_the_older_spelling_are_served_entities()
    {
        var endpoint = await Get(
            """
            {"name":"churn","config":{"served_models":[
              {"name":"champion","model_name":"churn","model_version":"3","workload_size":"Small","scale_to_zero_enabled":true,
               "state":{"deployment":"DEPLOYMENT_READY"}}]}}
            """);

        var entity = Assert.Single(endpoint.Config!.ServedEntities);
        Assert.Equal(
            ("champion", "churn", "3", WorkloadSize.Small, true, DeploymentState.Ready),
            (entity.Name, entity.EntityName, entity.EntityVersion, entity.WorkloadSize, entity.ScaleToZero, entity.State!.Deployment));
        Assert.Empty(entity.AdditionalProperties);
    }

    [Theory]
    [InlineData("""{"served_entities":[{"name":"new"}],"served_models":[{"name":"old"}]}""", "new")]
    [InlineData("""{"served_models":[{"name":"old"}],"served_entities":[{"name":"new"}]}""", "new")]
    [InlineData("""{"served_models":[{"name":"old"}],"served_entities":[]}""", "old")]
    [InlineData("""{"served_models":[{"name":"old"}],"served_entities":null}""", "old")]
    public async Task Of_both_spellings_the_newer_counts(string config, string name) => Assert.Equal(
        name, Assert.Single((await Get($$"""{"name":"churn","config":{{config}}}""")).Config!.ServedEntities).Name);

    [Fact]
    public async Task An_endpoint_of_which_nothing_is_said_is_empty()
    {
        var endpoint = await Get("""{"name":"e"}""");

        Assert.Equal(("e", null, null, null, null), (endpoint.Name, endpoint.Id, endpoint.State, endpoint.Config, endpoint.CreatedAt));
        Assert.Empty(endpoint.Tags);
        Assert.Empty(endpoint.AdditionalProperties);
        Assert.Empty(new EndpointConfig().ServedEntities);
        Assert.Empty(new TrafficConfig().Routes);
    }

    [Theory]
    [InlineData("1789990000000", 1789990000000)]
    [InlineData("0", null)]
    [InlineData("-1", -1L)]
    [InlineData("9223372036854775807", null)]
    [InlineData("1.5", null)]
    [InlineData("\"2026-01-01\"", null)]
    [InlineData("null", null)]
    [InlineData("{\"a\":[1]}", null)]
    public async Task A_time_is_in_milliseconds_and_what_is_none_is_no_time(string json, long? expected) => Assert.Equal(
        expected, (await Get($$"""{"name":"churn","creation_timestamp":{{json}},"id":"1"}""")).CreatedAt?.ToUnixTimeMilliseconds());

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"tags":{}}""")]
    [InlineData("""{"name":"\ud800"}""")]
    public async Task What_is_no_endpoint_is_a_failure(string answer)
    {
        var exception = await Managing.Fails(new VerbatimService().Answers(answer), endpoints => endpoints.GetAsync("churn"));

        Assert.Equal(
            "Getting endpoint 'churn' failed: a response that is not the expected JSON. If a proxy is in between, check it; " +
            "otherwise give the request id to Databricks support.",
            exception.Message);
        Assert.True(exception.InnerException is JsonException or InvalidOperationException);
    }

    [Fact]
    public async Task A_login_page_is_a_failure_that_names_it() => Assert.Contains(
        "The response is an HTML page",
        (await Managing.Fails(
            new VerbatimService().Answers("<html><title>Log in</title></html>", mediaType: "text/html"), endpoints =>
                endpoints.ListAsync())).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_default_word_is_empty_text() => Assert.Equal(string.Empty, default(DeploymentState).ToString());

    [Fact]
    public async Task A_program_can_mock_the_client()
    {
        var endpoints = new Mock<DatabricksManagementClient>();
        endpoints.Setup(client => client.GetAsync("churn", default)).ReturnsAsync(new ServingEndpoint { Name = "churn" });
        var rollouts = new Mock<EndpointRolloutsClient>();
        endpoints.Setup(client => client.Rollouts).Returns(rollouts.Object);

        Assert.Equal("churn", (await endpoints.Object.GetAsync("churn")).Name);
        Assert.Same(rollouts.Object, endpoints.Object.Rollouts);
    }

    [Fact]
    public async Task A_mock_without_a_set_up_says_what_it_is()
    {
        var endpoints = new Mock<DatabricksManagementClient> { CallBase = true }.Object;

        Assert.StartsWith(
            "This DatabricksManagementClient was created without a workspace",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => endpoints.ListAsync())).Message, StringComparison.Ordinal);
    }

    private static Task<ServingEndpoint> Get(string answer) =>
        Managing.Exchange("GET /api/2.0/serving-endpoints/churn", request: null, answer, endpoints => endpoints.GetAsync("churn"));

    [Fact]
    public async Task Commitments_of_provisioned_throughput_are_read()
    {
        var endpoint = await new VerbatimService().Answers(
            """
            {"name":"a","state":{"ready":"READY","config_update":"NOT_UPDATING","pt_state":{"commitments":[{"id":"c1","status":"ACTIVE",
              "term":"COMMITMENT_TERM_3_MONTHS","provisioned_model_units":"100","start_time":"2026-08-01T00:00:00Z",
              "expire_time":"2026-11-01T00:00:00Z","auto_renew":true,"auto_renew_editable":false},{"id":"c2","auto_renew":7}]}}}
            """).Client().GetManagementClient().GetAsync("a");

        var commitments = endpoint.State!.ProvisionedThroughput!.Commitments;
        Assert.Equal(
            new ThroughputCommitment
            {
                Id = "c1",
                Status = CommitmentStatus.Active,
                Term = CommitmentTerm.ThreeMonths,
                ProvisionedModelUnits = 100,
                StartsAt = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero),
                ExpiresAt = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
                AutoRenew = true,
                IsAutoRenewEditable = false,
            },
            commitments[0]);
        Assert.Equal(("c2", "auto_renew"), (commitments[1].Id, Assert.Single(commitments[1].Unreadable)));
    }

    [Fact]
    public async Task Unknown_members_survive_a_read_and_an_update()
    {
        const string Config = """
            {"served_entities":[{"name":"m","entity_name":"a.b.c","entity_version":"1","entity_later":{"x":null},"external_later":true}],
             "traffic_config":{"routes":[{"served_model_name":"m","traffic_percentage":100,"route_later":1.50}],"traffic_later":"t"},
             "config_later":[1]}
            """;
        const string Read = $$"""{"name":"a","later":1,"config":{{Config}}}""";
        var service = new VerbatimService().Answers(Read).Answers(Read);
        var client = service.Client().GetManagementClient();

        var endpoint = await client.GetAsync("a");
        await client.UpdateConfigAsync("a", endpoint.Config!);

        Assert.Equal(1, endpoint.AdditionalProperties["later"].GetInt32());
        JsonText.AssertEqual(Config, service.Sent[^1].Body);
    }
}
