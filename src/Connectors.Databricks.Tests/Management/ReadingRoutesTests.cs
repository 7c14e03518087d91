using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management;

/// <summary>The routes that read, with both documents.</summary>
public class ReadingRoutesTests
{
    [Fact]
    public async Task List()
    {
        var endpoints = await Managing.Exchange(
            "GET /api/2.0/serving-endpoints",
            request: null,
            """
            {"endpoints":[
              {"name":"databricks-meta-llama-3-3-70b-instruct","id":"1f","task":"llm/v1/chat",
               "state":{"ready":"READY","config_update":"NOT_UPDATING"},
               "config":{"served_entities":[{"name":"databricks-meta-llama-3-3-70b-instruct","entity_name":"system.ai.llama_v3_3_70b_instruct",
                 "entity_version":"1","foundation_model":{"name":"system.ai.llama-3-3-70b-instruct","display_name":"Meta Llama 3.3 70B Instruct",
                 "docs":"https://docs.example/llama","description":"A model.","api_types":["mlflow/v1/chat/completions"],"ai_gateway_v2_supported":true}}]},
               "creation_timestamp":1699000000000,"last_updated_timestamp":1699000000000},
              {"name":"my-azure-gpt","id":"2f","task":"llm/v1/chat","creator":"ops@example.com",
               "state":{"ready":"READY","config_update":"NOT_UPDATING"},
               "config":{"served_entities":[{"name":"gpt-4o","external_model":{"name":"gpt-4o","provider":"openai","task":"llm/v1/chat",
                 "openai_config":{"openai_api_type":"azure"}}}]}},
              {"name":"churn-v1","id":"3f","state":{"ready":"NOT_READY","config_update":"IN_PROGRESS"},
               "config":{"served_entities":[{"name":"champion","entity_name":"main.ml.churn","entity_version":"7"}]},
               "tags":[{"key":"team","value":"growth"}]}
            ]}
            """,
            endpoints => endpoints.ListAsync());

        Assert.Equal(
            [
                "databricks-meta-llama-3-3-70b-instruct (READY, NOT_UPDATING)", "my-azure-gpt (READY, NOT_UPDATING)",
                "churn-v1 (NOT_READY, IN_PROGRESS)",
            ],
            endpoints.Select(endpoint => endpoint.ToString()));
        Assert.Equal([EndpointTask.Chat, EndpointTask.Chat, null], endpoints.Select(endpoint => endpoint.Task));
        var foundation = endpoints[0].Config!.ServedEntities[0].FoundationModel!;
        Assert.Equal(
            ("system.ai.llama-3-3-70b-instruct", "Meta Llama 3.3 70B Instruct", "https://docs.example/llama", "A model.", true),
            (foundation.Name, foundation.DisplayName, foundation.Docs, foundation.Description, foundation.AIGatewayV2Supported));
        Assert.Equal(["mlflow/v1/chat/completions"], foundation.ApiTypes!);
        var external = endpoints[1].Config!.ServedEntities[0].ExternalModel!;
        Assert.Equal(
            (ExternalModelProvider.OpenAI, "gpt-4o", EndpointTask.Chat, "azure"),
            (external.Provider, external.Name, external.Task, external.OpenAI!.ApiType));
        Assert.Equal([new EndpointTag("team", "growth")], endpoints[2].Tags);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1699000000000), endpoints[0].CreatedAt);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"endpoints":null}""")]
    [InlineData("""{"endpoints":[]}""")]
    public async Task A_list_of_nothing_is_empty(string answer) => Assert.Empty(
        await Managing.Exchange("GET /api/2.0/serving-endpoints", null, answer, endpoints => endpoints.ListAsync()));

    [Fact]
    public async Task Foundation_models()
    {
        var endpoints = await Managing.Exchange(
            "GET /api/2.0/serving-endpoints:foundation-models",
            request: null,
            """{"endpoints":[{"name":"databricks-gpt-oss-20b","config":{"served_entities":[{"foundation_model":{"api_types":["mlflow/v1/responses"]}}]}}]}""",
            endpoints => endpoints.ListFoundationModelsAsync());

        Assert.Equal(["mlflow/v1/responses"], Assert.Single(endpoints).Config!.ServedEntities[0].FoundationModel!.ApiTypes!);
    }

    [Fact]
    public async Task Get()
    {
        var endpoint = await Managing.Exchange(
            "GET /api/2.0/serving-endpoints/churn-v1",
            request: null,
            """
            {
              "name": "churn-v1",
              "id": "2b5f3c0d9e8a4f0fb1c2d3e4f5a6b7c8",
              "creator": "dev@example.com",
              "creation_timestamp": 1789990000000,
              "last_updated_timestamp": 1789990600000,
              "description": "",
              "permission_level": "CAN_MANAGE",
              "route_optimized": true,
              "endpoint_url": "https://1.serving.example/1/serving-endpoints/churn-v1/invocations",
              "task": null,
              "budget_policy_id": "b-1",
              "state": {"ready": "READY", "config_update": "IN_PROGRESS"},
              "config": {
                "config_version": 3,
                "served_entities": [
                  {"name": "champion", "entity_name": "main.ml.churn", "entity_version": "7",
                   "workload_size": "Small", "workload_type": "CPU", "scale_to_zero_enabled": true,
                   "environment_vars": {"A": "b"}, "instance_profile_arn": "arn:1",
                   "creator": "dev@example.com", "creation_timestamp": 1789990000000,
                   "state": {"deployment": "DEPLOYMENT_READY", "deployment_state_message": ""}}
                ],
                "traffic_config": {"routes": [
                  {"served_model_name": "champion", "served_entity_name": "champion", "traffic_percentage": 100}]}
              },
              "pending_config": {
                "config_version": 4,
                "start_time": 1789990590000,
                "served_entities": [
                  {"name": "champion", "entity_name": "main.ml.churn", "entity_version": "7", "state": {"deployment": "DEPLOYMENT_READY"}},
                  {"name": "challenger", "entity_name": "main.ml.churn", "entity_version": "8", "state": {"deployment": "DEPLOYMENT_CREATING", "deployment_state_message": "Creating resources"}}],
                "traffic_config": {"routes": [
                  {"served_model_name": "champion", "traffic_percentage": 90},
                  {"served_entity_name": "challenger", "traffic_percentage": "10"}]}
              },
              "tags": [{"key": "team", "value": "growth"}],
              "email_notifications": {"on_update_failure": ["ops@example.com"]},
              "telemetry_config": {"telemetry_profile_id": "p-1", "inference_table_config": {"name": "main.logs.t", "sampling_fraction": 0.5}},
              "ai_gateway": {"usage_tracking_config": {"enabled": true}}
            }
            """,
            endpoints => endpoints.GetAsync("churn-v1"));

        Assert.Equal(
            ("churn-v1", "2b5f3c0d9e8a4f0fb1c2d3e4f5a6b7c8", "dev@example.com", "", EndpointPermissionLevel.CanManage, true, "b-1"),
            (endpoint.Name, endpoint.Id, endpoint.Creator, endpoint.Description, endpoint.PermissionLevel, endpoint.RouteOptimized,
                endpoint.BudgetPolicyId));
        Assert.Equal("https://1.serving.example/1/serving-endpoints/churn-v1/invocations", endpoint.EndpointUrl);
        Assert.Equal((true, true, null), (endpoint.IsReady, endpoint.IsUpdating, endpoint.Task));
        var champion = Assert.Single(endpoint.Config!.ServedEntities);
        Assert.Equal(
            ("champion", "main.ml.churn", "7", WorkloadSize.Small, WorkloadType.Cpu, true, "arn:1", "b"),
            (champion.Name, champion.EntityName, champion.EntityVersion, champion.WorkloadSize, champion.WorkloadType, champion.ScaleToZero,
                champion.InstanceProfileArn, champion.EnvironmentVariables!["A"]));
        Assert.Equal((DeploymentState.Ready, ""), (champion.State!.Deployment, champion.State.Message));
        Assert.Equal((3, "champion 100 %"), (endpoint.Config.ConfigVersion, endpoint.Config.Traffic!.ToString()));
        var pending = endpoint.PendingConfig!;
        Assert.Equal((4, "champion 90 %, challenger 10 %"), (pending.ConfigVersion, pending.Traffic!.ToString()));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1789990590000), pending.StartedAt);
        Assert.Equal((DeploymentState.Creating, "Creating resources"),
            (pending.ServedEntities[1].State!.Deployment, pending.ServedEntities[1].State!.Message));
        Assert.Equal(["ops@example.com"], endpoint.EmailNotifications!.OnUpdateFailure!);
        Assert.Equal(("p-1", "main.logs.t", 0.5), (endpoint.TelemetryConfig!.TelemetryProfileId,
            endpoint.TelemetryConfig.InferenceTable!.Name, endpoint.TelemetryConfig.InferenceTable.SamplingFraction));
        Assert.True(endpoint.AIGateway!.UsageTracking!.Enabled);
        Assert.Empty(endpoint.AdditionalProperties);
    }

    [Fact]
    public async Task Build_logs() => Assert.Equal("Step 1\nStep 2", await Managing.Exchange(
        "GET /api/2.0/serving-endpoints/churn/served-models/champion/build-logs?config_version=4",
        request: null,
        """{"logs":"Step 1\nStep 2"}""",
        endpoints => endpoints.Monitoring.GetBuildLogsAsync("churn", "champion", configVersion: 4)));

    [Fact]
    public async Task Server_logs() => Assert.Equal("Listening", await Managing.Exchange(
        "GET /api/2.0/serving-endpoints/churn/served-models/champion/logs",
        request: null,
        """{"logs":"Listening"}""",
        endpoints => endpoints.Monitoring.GetServerLogsAsync("churn", "champion")));

    [Fact]
    public async Task Optimization_info()
    {
        var info = await Managing.Exchange(
            "GET /api/2.0/serving-endpoints/get-model-optimization-info/system.ai.llama/1",
            request: null,
            """{"optimizable":true,"model_type":"llama","throughput_chunk_size":980}""",
            endpoints => endpoints.GetModelOptimizationInfoAsync("system.ai.llama", "1"));

        Assert.Equal((true, "llama", 980), (info.Optimizable, info.ModelType, info.ThroughputChunkSize));
    }

    [Fact]
    public async Task A_name_stays_one_segment()
    {
        await Managing.Exchange("GET /api/2.0/serving-endpoints/a%2F..%2Fb%3Fc%20d", null, Managing.Ready, endpoints =>
            endpoints.GetAsync("a/../b?c d"));
        await Managing.Exchange(
            "GET /api/2.0/serving-endpoints/a%2Fb/served-models/c%3Fd/logs?config_version=1", null, """{"logs":""}""",
            endpoints => endpoints.Monitoring.GetServerLogsAsync("a/b", "c?d", 1));
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_not_found()
    {
        var service = new VerbatimService()
            .Answers("""{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"Serving endpoint with name churn not found"}""",
                System.Net.HttpStatusCode.NotFound)
            .Answers(Managing.Ready);
        var endpoints = service.Client().GetManagementClient();

        Assert.Null(await endpoints.FindAsync("churn"));
        Assert.Equal("churn", (await endpoints.FindAsync("churn"))!.Name);
    }

    [Fact]
    public async Task An_API_that_is_not_there_is_a_failure_also_of_a_search()
    {
        var exception = await Managing.Fails(
            new VerbatimService()
                .Answers("""{"error_code":"ENDPOINT_NOT_FOUND","message":"No API found"}""", System.Net.HttpStatusCode.NotFound),
            endpoints => endpoints.FindAsync("churn"));

        Assert.Equal(
            "Getting endpoint 'churn' failed: 404 Not Found, ENDPOINT_NOT_FOUND: \"No API found\". " +
            "Check that Host is a Databricks workspace that offers Model Serving.",
            exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task A_name_that_leads_elsewhere_is_refused(string name)
    {
        var endpoints = new VerbatimService().Client().GetManagementClient();

        await Assert.ThrowsAsync<ArgumentException>("endpointName", () => endpoints.GetAsync(name));
        await Assert.ThrowsAsync<ArgumentException>("endpointName", () => endpoints.FindAsync(name));
        await Assert.ThrowsAsync<ArgumentException>("endpointName", () => endpoints.DeleteAsync(name));
        await Assert.ThrowsAsync<ArgumentException>("servedEntityName", () => endpoints.Monitoring.GetServerLogsAsync("churn", name));
        await Assert.ThrowsAsync<ArgumentException>("modelVersion", () => endpoints.GetModelOptimizationInfoAsync("main.ml.churn", name));
        await Assert.ThrowsAsync<ArgumentException>("endpointName", () => endpoints.Permissions.GetAsync(name));
    }
}
