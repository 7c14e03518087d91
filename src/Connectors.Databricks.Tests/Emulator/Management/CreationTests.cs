using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Management;

public class CreationTests
{
    [Fact]
    public async Task A_new_endpoint_shows_what_it_is_about_to_serve()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.ManageAsync("POST", "",
            """
            {"name":"new","description":"Churn","tags":[{"key":"team","value":"growth"}],
             "config":{"served_entities":[{"entity_name":"main.models.churn_v1","entity_version":"2","workload_size":"Medium",
               "scale_to_zero_enabled":true,"burst_scaling_enabled":true,"environment_vars":{"A":"{{secrets/a/b}}"}}]}}
            """);

        Wire.SameJson(
            """
            {
              "name": "new", "id": "ID", "creator": "emulator@example.com",
              "creation_timestamp": 1790000000000, "last_updated_timestamp": 1790000000000,
              "state": {"ready": "NOT_READY", "config_update": "IN_PROGRESS", "suspend": "NOT_SUSPENDED"},
              "tags": [{"key": "team", "value": "growth"}],
              "description": "Churn", "permission_level": "CAN_MANAGE", "route_optimized": false,
              "pending_config": {
                "config_version": 1,
                "served_entities": [
                  {"name": "churn_v1-2", "entity_name": "main.models.churn_v1", "entity_version": "2",
                   "workload_size": "Medium", "environment_vars": {"A": "{{secrets/a/b}}"},
                   "workload_type": "CPU", "scale_to_zero_enabled": true,
                   "creator": "emulator@example.com", "creation_timestamp": 1790000000000,
                   "state": {"deployment": "DEPLOYMENT_CREATING",
                             "deployment_state_message": "Creating resources for served entity."}}],
                "served_models": [
                  {"name": "churn_v1-2", "model_name": "main.models.churn_v1", "model_version": "2",
                   "workload_size": "Medium", "environment_vars": {"A": "{{secrets/a/b}}"},
                   "workload_type": "CPU", "scale_to_zero_enabled": true,
                   "creator": "emulator@example.com", "creation_timestamp": 1790000000000,
                   "state": {"deployment": "DEPLOYMENT_CREATING",
                             "deployment_state_message": "Creating resources for served entity."}}],
                "traffic_config": {"routes": [
                  {"served_model_name": "churn_v1-2", "served_entity_name": "churn_v1-2", "traffic_percentage": 100}]},
                "start_time": 1790000000000
              }
            }
            """.Replace("ID", wire.Emulator.Endpoint("new").Id, StringComparison.Ordinal),
            answer[4..]);
    }

    [Theory]
    [InlineData(0, "READY NOT_UPDATING")]
    [InlineData(1, "NOT_READY IN_PROGRESS", "READY NOT_UPDATING")]
    [InlineData(2, "NOT_READY IN_PROGRESS", "NOT_READY IN_PROGRESS", "READY NOT_UPDATING", "READY NOT_UPDATING")]
    public async Task A_deployment_shows_for_as_many_reads_as_told(int reads, params string[] expected)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Management.ReadsToDeploy = reads);
        await wire.ManagedAsync("POST", "", ManagementWire.Churn("new"));
        await wire.ManagedAsync("GET", "");

        List<string> states = [];
        foreach (string _ in expected)
        {
            states.Add(await wire.StateAsync("new"));
        }

        Assert.Equal(expected, states);
    }

    [Fact]
    public async Task What_was_created_really_serves()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Management.ReadsToDeploy = 0);
        await wire.ManagedAsync("POST", "", ManagementWire.Churn("new", version: "2"));
        await wire.StateAsync("new");

        Assert.Equal("200 {\"predictions\":[0.9]}", await wire.AskAsync("new", ManagementWire.OneRow));
    }

    [Theory]
    [InlineData("""{"entity_name":"system.ai.llama-4-maverick","entity_version":"1","max_provisioned_throughput":980}""")]
    [InlineData("""{"entity_name":"main.models.text_base","entity_version":"1"}""")]
    public async Task A_known_model_of_another_task_serves_too(string entity)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Management.ReadsToDeploy = 0);
        await wire.ManagedAsync("POST", "", $$$"""{"name":"new","config":{"served_entities":[{{{entity}}}]}}""");
        JsonNode detail = await wire.ManagedAsync("GET", "/new");

        string body = detail["task"]!.GetValue<string>() == "llm/v1/chat"
            ? """{"messages":[{"role":"user","content":"Hello"}]}"""
            : """{"prompt":"Hello"}""";
        Assert.StartsWith("200 ", await wire.AskAsync("new", body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_in_plaintext_are_never_given_back()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Management.ReadsToDeploy = 0);
        string config = """{"openai_api_key_plaintext":"sk-secret","openai_api_type":"openai"}""";
        string created = await wire.ManageAsync("POST", "", ManagementWire.External("gpt", config));
        JsonNode detail = await wire.ManagedAsync("GET", "/gpt");

        Assert.DoesNotContain("secret", created, StringComparison.Ordinal);
        Wire.SameJson(
            """
            {"name":"gpt-4-1-mini",
             "external_model":{"name":"gpt-4.1:mini","provider":"openai","task":"llm/v1/chat","openai_config":{"openai_api_type":"openai"}},
             "creator":"emulator@example.com","creation_timestamp":1790000000000,
             "state":{"deployment":"DEPLOYMENT_READY","deployment_state_message":""}}
            """,
            detail["config"]!["served_entities"]![0]!.ToJsonString());
        Assert.Null(detail["config"]!["served_models"]);
        Assert.Contains("gpt-4.1:mini", await wire.AskAsync("gpt", """{"messages":[{"role":"user","content":"Hi"}],"temperature":0}"""),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provisioned_throughput_wraps_its_configuration()
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonNode created = await wire.ManagedAsync("POST", "/pt",
            """
            {"name":"pt","config":{"served_entities":[{"entity_name":"system.ai.llama-4-maverick","entity_version":"1",
               "provisioned_model_units":50,"burst_scaling_enabled":false}]}}
            """);
        JsonNode entity = created["pending_config"]!["served_entities"]![0]!;
        JsonNode updated = await AfterAsync(wire, "pt", () => wire.ManagedAsync("PUT", "/pt/pt/config",
            """
            {"config":{"served_entities":[{"entity_name":"system.ai.llama-4-maverick","entity_version":"1","provisioned_model_units":100}]}}
            """));

        Assert.Equal(
            ("llama-4-maverick-1", 50, null, null),
            (entity["name"]!.GetValue<string>(), entity["provisioned_model_units"]!.GetValue<int>(), entity["burst_scaling_enabled"],
                entity["workload_type"]));
        Assert.Equal(
            ("NOT_UPDATING", 2, 100),
            (updated["state"]!["config_update"]!.GetValue<string>(), updated["config"]!["config_version"]!.GetValue<int>(),
                updated["config"]!["served_entities"]![0]!["provisioned_model_units"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_name_is_taken_once_and_its_id_is_never_used_again()
    {
        await using Wire wire = await Wire.OpenAsync();
        JsonNode first = await wire.ManagedAsync("POST", "", ManagementWire.Churn("new"));

        string twice = await wire.ManageAsync("POST", "", ManagementWire.Churn("new"));
        string deleted = await wire.ManageAsync("DELETE", "/new");
        string again = await wire.ManageAsync("DELETE", "/new");
        JsonNode second = await wire.ManagedAsync("POST", "", ManagementWire.Churn("new"));

        Assert.Equal(
            [
                ManagementWire.Error(409, "RESOURCE_ALREADY_EXISTS", "Serving endpoint with name new already exists"),
                "200 {}",
                ManagementWire.Error(404, "RESOURCE_DOES_NOT_EXIST", "Serving endpoint with name new not found"),
            ],
            [twice, deleted, again]);
        Assert.NotEqual(first["id"]!.GetValue<string>(), second["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("main.models.churn_v1", "7", "Registered model 'main.models.churn_v1' has no version '7'; it has 1, 2.")]
    [InlineData("main.models.unknown", "1", "Registered model 'main.models.unknown' does not exist.")]
    [InlineData("main.ml.broken", "3", "No module named 'sklearn'.")]
    public async Task What_cannot_be_deployed_says_why(string entityName, string version, string message)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Management.ReadsToDeploy = 0);
        wire.Emulator.AddBrokenModel("main.ml.broken", "3", "No module named 'sklearn'.");
        await wire.ManagedAsync("POST", "",
            $$$"""{"name":"new","config":{"served_entities":[{"entity_name":"{{{entityName}}}","entity_version":"{{{version}}}"}]}}""");

        JsonNode detail = await wire.ManagedAsync("GET", "/new");

        Assert.Equal("NOT_READY UPDATE_FAILED", $"{detail["state"]!["ready"]} {detail["state"]!["config_update"]}");
        Assert.Null(detail["config"]);
        Assert.Equal(
            ("DEPLOYMENT_FAILED", message),
            (detail["pending_config"]!["served_entities"]![0]!["state"]!["deployment"]!.GetValue<string>(),
                detail["pending_config"]!["served_entities"]![0]!["state"]!["deployment_state_message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_endpoint_may_begin_with_nothing_to_serve()
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.ManagedAsync("POST", "", """{"name":"empty"}""");

        Assert.Equal("NOT_READY NOT_UPDATING", await wire.StateAsync("empty"));
    }

    [Fact]
    public async Task A_route_optimized_endpoint_is_made_of_custom_models()
    {
        await using Wire wire = await Wire.OpenAsync();
        string body = ManagementWire.Churn("fast").Replace("\"config\"", "\"route_optimized\":true,\"config\"", StringComparison.Ordinal);
        string chat = """{"name":"chat","route_optimized":true,"config":{"served_entities":[{"entity_name":"system.ai.inkling","entity_version":"1","provisioned_model_units":1}]}}""";

        JsonNode created = await wire.ManagedAsync("POST", "", body);

        Assert.Equal(wire.Emulator.Endpoint("fast").EndpointUrl!.AbsoluteUri, created["endpoint_url"]!.GetValue<string>());
        Assert.StartsWith("400 ", await wire.ManageAsync("POST", "", chat), StringComparison.Ordinal);
        Assert.DoesNotContain(wire.Emulator.Endpoints, endpoint => endpoint.Name == "chat");
    }

    private static async Task<JsonNode> AfterAsync(Wire wire, string endpoint, Func<Task<JsonNode>> act)
    {
        wire.Emulator.Endpoint(endpoint).TakesReadsToDeploy(0);
        await wire.StateAsync(endpoint);
        return await act();
    }
}
