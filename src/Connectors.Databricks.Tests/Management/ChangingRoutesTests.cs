using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management;

/// <summary>The routes that make, change and remove, with both documents.</summary>
public class ChangingRoutesTests
{
    private const string Building = """{"name":"churn-v1","state":{"ready":"NOT_READY","config_update":"IN_PROGRESS"}}""";

    private static readonly EndpointConfig Two = new()
    {
        ServedEntities =
        [
            ServedEntity.Model("main.ml.churn", "7") with
            {
                Name = "champion", WorkloadSize = WorkloadSize.Small, WorkloadType = WorkloadType.Cpu, ScaleToZero = true,
            },
            ServedEntity.Model("main.ml.churn", "8") with
            {
                Name = "challenger", MinProvisionedConcurrency = 4, MaxProvisionedConcurrency = 8,
                EnvironmentVariables = new Dictionary<string, string> { ["OPENAI_API_KEY"] = "{{secrets/llm/openai}}" },
                InstanceProfileArn = "arn:aws:iam::1:instance-profile/p",
            },
        ],
        Traffic = TrafficConfig.Split(("champion", 90), ("challenger", 10)),
    };

    [Fact]
    public async Task Create()
    {
        var endpoint = await Managing.Exchange(
            "POST /api/2.0/serving-endpoints",
            """
            {"name":"churn-v1",
             "config":{
               "served_entities":[
                 {"name":"champion","entity_name":"main.ml.churn","entity_version":"7","workload_size":"Small","workload_type":"CPU",
                  "scale_to_zero_enabled":true},
                 {"name":"challenger","entity_name":"main.ml.churn","entity_version":"8","min_provisioned_concurrency":4,
                  "max_provisioned_concurrency":8,"environment_vars":{"OPENAI_API_KEY":"{{secrets/llm/openai}}"},
                  "instance_profile_arn":"arn:aws:iam::1:instance-profile/p"}],
               "traffic_config":{"routes":[
                 {"served_model_name":"champion","traffic_percentage":90},{"served_model_name":"challenger","traffic_percentage":10}]},
               "auto_capture_config":{"catalog_name":"main","schema_name":"logs","table_name_prefix":"churn","enabled":true}},
             "description":"Who leaves?",
             "tags":[{"key":"team","value":"growth"},{"key":"pilot"}],
             "route_optimized":false,
             "ai_gateway":{"usage_tracking_config":{"enabled":true}},
             "email_notifications":{"on_update_success":["a@example.com"],"on_update_failure":["b@example.com"]},
             "telemetry_config":{"enabled_telemetry_features":["TELEMETRY_FEATURE_LOGS"],"inference_table_config":{"sampling_fraction":0.5},
               "table_names":{"logs_table":"l","traces_table":"t","metrics_table":"m","annotations_table":"a"}},
             "budget_policy_id":"b-1"}
            """,
            Building,
            endpoints => endpoints.CreateAsync(new EndpointDefinition("churn-v1")
            {
                Config = Two with
                {
                    AutoCaptureConfig = new() { CatalogName = "main", SchemaName = "logs", TableNamePrefix = "churn", Enabled = true },
                },
                Tags = [new("team", "growth"), new("pilot")],
                RouteOptimized = false,
                Description = "Who leaves?",
                BudgetPolicyId = "b-1",
                AIGateway = new() { UsageTracking = new() { Enabled = true } },
                EmailNotifications = new() { OnUpdateSuccess = ["a@example.com"], OnUpdateFailure = ["b@example.com"] },
                TelemetryConfig = new()
                {
                    EnabledFeatures = [TelemetryFeature.Logs],
                    InferenceTable = new() { SamplingFraction = 0.5 },
                    TableNames = new() { LogsTable = "l", TracesTable = "t", MetricsTable = "m", AnnotationsTable = "a" },
                },
            }));

        Assert.Equal("churn-v1 (NOT_READY, IN_PROGRESS)", endpoint.ToString());
    }

    [Fact]
    public Task Create_with_throughput_in_tokens() => Managing.Exchange(
        "POST /api/2.0/serving-endpoints",
        """
        {"name":"llama","config":{"served_entities":[{"entity_name":"system.ai.llama_v3_3_70b_instruct","entity_version":"1",
          "min_provisioned_throughput":0,"max_provisioned_throughput":980}]}}
        """,
        Building,
        endpoints => endpoints.CreateAsync(new EndpointDefinition("llama")
        {
            Config = new()
            {
                ServedEntities =
                [
                    ServedEntity.Model("system.ai.llama_v3_3_70b_instruct", "1") with { MinProvisionedThroughput = 0,
                        MaxProvisionedThroughput = 980 },
                ],
            },
        }));

    [Fact]
    public Task Create_with_model_units() => Managing.Exchange(
        "POST /api/2.0/serving-endpoints/pt",
        """
        {"name":"maverick","config":{"served_entities":[{"name":"m","entity_name":"system.ai.llama-4-maverick","entity_version":"1",
          "provisioned_model_units":50,"burst_scaling_enabled":false}]},"tags":[{"key":"team"}]}
        """,
        Building,
        endpoints => endpoints.CreateProvisionedThroughputAsync(
            new EndpointDefinition("maverick") { Config = Units(50), Tags = [new("team")] }));

    [Fact]
    public async Task Update_of_the_configuration_is_flat()
    {
        var endpoint = await Managing.Exchange(
            "PUT /api/2.0/serving-endpoints/churn-v1/config",
            """
            {"served_entities":[
               {"name":"champion","entity_name":"main.ml.churn","entity_version":"7","workload_size":"Small","workload_type":"CPU",
                "scale_to_zero_enabled":true},
               {"name":"challenger","entity_name":"main.ml.churn","entity_version":"8","min_provisioned_concurrency":4,
                "max_provisioned_concurrency":8,"environment_vars":{"OPENAI_API_KEY":"{{secrets/llm/openai}}"},
                "instance_profile_arn":"arn:aws:iam::1:instance-profile/p"}],
             "traffic_config":{"routes":[
               {"served_model_name":"champion","traffic_percentage":90},{"served_model_name":"challenger","traffic_percentage":10}]}}
            """,
            Building,
            endpoints => endpoints.UpdateConfigAsync("churn-v1", Two));

        Assert.True(endpoint.IsUpdating);
    }

    [Fact]
    public Task Update_of_model_units_is_wrapped() => Managing.Exchange(
        "PUT /api/2.0/serving-endpoints/pt/maverick/config",
        """
        {"config":{"served_entities":[{"name":"m","entity_name":"system.ai.llama-4-maverick","entity_version":"1",
          "provisioned_model_units":100,"burst_scaling_enabled":false}]}}
        """,
        Building,
        endpoints => endpoints.UpdateProvisionedThroughputAsync("maverick", Units(100)));

    [Fact]
    public Task Create_buys_a_commitment() => Managing.Exchange(
        "POST /api/2.0/serving-endpoints/pt",
        """
        {"name":"maverick","config":{"served_entities":[{"name":"m","entity_name":"system.ai.llama-4-maverick","entity_version":"1",
          "provisioned_model_units":50,"burst_scaling_enabled":false,"pt_term":"COMMITMENT_TERM_1_MONTH","pt_auto_renew":true}]}}
        """,
        Building,
        endpoints => endpoints.CreateProvisionedThroughputAsync(new EndpointDefinition("maverick")
        {
            Config = new()
            {
                ServedEntities = [Units(50).ServedEntities[0] with { CommitmentTerm = CommitmentTerm.OneMonth, AutoRenew = true }],
            },
        }));

    [Fact]
    public Task Create_relocates_commitments() => Managing.Exchange(
        "POST /api/2.0/serving-endpoints/pt",
        """
        {"name":"maverick","config":{"served_entities":[{"name":"m","entity_name":"system.ai.llama-4-maverick","entity_version":"1",
          "provisioned_model_units":50,"burst_scaling_enabled":false}]},
         "relocate_pt_commitment":{"source_endpoint":"scout","commitment_ids":["c1","c2"]}}
        """,
        Building,
        endpoints => endpoints.CreateProvisionedThroughputAsync(
            new EndpointDefinition("maverick") { Config = Units(50), Relocation = new("scout") { CommitmentIds = ["c1", "c2"] } }));

    [Fact]
    public Task Update_changes_the_renewal_of_a_commitment() => Managing.Exchange(
        "PUT /api/2.0/serving-endpoints/pt/maverick/config",
        """
        {"config":{"served_entities":[{"name":"m","entity_name":"system.ai.llama-4-maverick","entity_version":"1",
          "provisioned_model_units":50,"burst_scaling_enabled":false}]},
         "pt_commitment_auto_renew":{"commitment_id":"c1","auto_renew":false}}
        """,
        Building,
        endpoints => endpoints.UpdateProvisionedThroughputAsync("maverick", Units(50), new() { Renewal = new("c1", autoRenew: false) }));

    [Fact]
    public Task Update_relocates_commitments() => Managing.Exchange(
        "PUT /api/2.0/serving-endpoints/pt/maverick/config",
        """
        {"config":{"served_entities":[{"name":"m","entity_name":"system.ai.llama-4-maverick","entity_version":"1",
          "provisioned_model_units":50,"burst_scaling_enabled":false}]},
         "relocate_pt_commitment":{"source_endpoint":"scout"}}
        """,
        Building,
        endpoints => endpoints.UpdateProvisionedThroughputAsync("maverick", Units(50), new() { Relocation = new("scout") }));

    [Fact]
    public async Task Commitments_that_the_route_does_not_take_are_refused()
    {
        var endpoints = new VerbatimService().Client().GetManagementClient();
        var bought = new EndpointConfig
        {
            ServedEntities = [Units(50).ServedEntities[0] with { CommitmentTerm = CommitmentTerm.OneMonth }],
        };
        var relocation = new CommitmentRelocation("scout");

        await Assert.ThrowsAsync<ArgumentException>("definition", () => endpoints.CreateAsync(new("a") { Config = bought }));
        await Assert.ThrowsAsync<ArgumentException>("definition", () => endpoints.CreateAsync(new("a") { Relocation = relocation }));
        await Assert.ThrowsAsync<ArgumentException>("config", () => endpoints.UpdateConfigAsync("a", bought));
        await Assert.ThrowsAsync<ArgumentException>(
            "options", () => endpoints.UpdateProvisionedThroughputAsync("a", bought, new() { Relocation = relocation }));
        await Assert.ThrowsAsync<ArgumentException>("options", () => endpoints.UpdateProvisionedThroughputAsync(
            "a", Units(50), new() { Relocation = relocation, Renewal = new("c1", autoRenew: true) }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public Task Delete(string answer) =>
        Managing.Exchange("DELETE /api/2.0/serving-endpoints/churn-v1", request: null, answer, endpoints =>
            endpoints.DeleteAsync("churn-v1"));

    [Fact]
    public Task Stop() =>
        Managing.Exchange("POST /api/2.0/serving-endpoints/churn-v1/config:stop", request: null, "{}", endpoints =>
            endpoints.StopAsync("churn-v1"));

    [Fact]
    public Task Start() => Managing.Exchange(
        "POST /api/2.0/serving-endpoints/a%20b/config:start", request: null, Managing.Ready, endpoints => endpoints.StartAsync("a b"));

    [Fact]
    public async Task What_was_read_can_be_sent_and_keeps_what_is_not_known()
    {
        var service = new VerbatimService()
            .Answers(
                """
                {"name":"churn","config":{"config_version":3,
                  "served_models":[{"name":"champion","model_name":"main.ml.churn","model_version":"7","workload_size":"Small","scale_to_zero_enabled":true}],
                  "served_entities":[{"name":"champion","entity_name":"main.ml.churn","entity_version":"7","workload_size":"XXL",
                    "scale_to_zero_enabled":false,"creator":"a","creation_timestamp":1,"state":{"deployment":"DEPLOYMENT_READY"},
                    "model_class":"sklearn","gpu_memory":{"gb":40}}],
                  "auto_capture_config":{"enabled":true,"state":{"payload_table":{"name":"t"}}},
                  "traffic_config":{"routes":[{"served_model_name":"champion","served_entity_name":"champion","traffic_percentage":100,"region":"eu"}],"sticky":true},
                  "compute":"new"}}
                """)
            .Answers(Building);
        var endpoints = service.Client().GetManagementClient();

        var endpoint = await endpoints.GetAsync("churn");
        await endpoints.UpdateConfigAsync("churn", endpoint.Config! with { AutoCaptureConfig = null, ConfigVersion = null });
        service.Answers(Building);
        await endpoints.UpdateConfigAsync("churn", endpoint.Config! with { ConfigVersion = null });

        const string Rest = """
            "traffic_config":{"routes":[{"served_model_name":"champion","traffic_percentage":100,"region":"eu"}],"sticky":true},
            """;
        const string Entities = """
            "served_entities":[{"name":"champion","entity_name":"main.ml.churn","entity_version":"7","workload_size":"XXL",
              "scale_to_zero_enabled":false,"gpu_memory":{"gb":40}}],
            """;
        Managing.AssertSent("PUT /api/2.0/serving-endpoints/churn/config", $$"""{ {{Entities}} {{Rest}} "compute":"new"}""",
            service.Sent[1]);
        Managing.AssertSent(
            "PUT /api/2.0/serving-endpoints/churn/config",
                $$"""{ {{Entities}} {{Rest}} "auto_capture_config":{"enabled":true},"compute":"new"}""",
            service.Sent[2]);
    }

    private static EndpointConfig Units(long units) => new()
    {
        ServedEntities =
        [
            ServedEntity.Model("system.ai.llama-4-maverick", "1") with { Name = "m", ProvisionedModelUnits = units, BurstScaling = false },
        ],
    };
}
