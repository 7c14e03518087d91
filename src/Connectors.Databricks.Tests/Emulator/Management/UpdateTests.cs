using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Management;

public class UpdateTests
{
    [Fact]
    public async Task What_is_active_answers_until_the_update_ends()
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.ManagedAsync("PUT", "/churn-v1/config", $$"""{"served_entities":[{{ManagementWire.ChurnEntity("2")}}]}""");

        JsonNode during = await wire.ManagedAsync("GET", "/churn-v1");
        string before = await wire.AskAsync("churn-v1", ManagementWire.OneRow);
        JsonNode after = await wire.ManagedAsync("GET", "/churn-v1");

        Assert.Equal(
            "READY IN_PROGRESS 1 2 DEPLOYMENT_CREATING",
            $"{during["state"]!["ready"]} {during["state"]!["config_update"]} {during["config"]!["config_version"]} "
                + $"{during["pending_config"]!["config_version"]} "
                + $"{during["pending_config"]!["served_entities"]![0]!["state"]!["deployment"]}");
        Assert.Equal("200 {\"predictions\":[0.8]}", before);
        Assert.Equal(
            "READY NOT_UPDATING 2 churn_v1-2",
            $"{after["state"]!["ready"]} {after["state"]!["config_update"]} {after["config"]!["config_version"]} "
                + $"{after["config"]!["served_entities"]![0]!["name"]}");
        Assert.Null(after["pending_config"]);
        Assert.Equal("200 {\"predictions\":[0.9]}", await wire.AskAsync("churn-v1", ManagementWire.OneRow));
    }

    [Fact]
    public async Task A_served_entity_that_stays_is_ready_throughout()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("churn-v1").TakesReadsToDeploy(0);
        await wire.ManagedAsync("PUT", "/churn-v1/config", ManagementWire.ChampionAndChallenger);
        await wire.StateAsync("churn-v1");

        string turned = ManagementWire.ChampionAndChallenger
            .Replace("\"10\"", "50", StringComparison.Ordinal).Replace("90", "50", StringComparison.Ordinal);
        JsonNode updated = await wire.ManagedAsync("PUT", "/churn-v1/config", turned);

        Assert.All(
            updated["pending_config"]!["served_entities"]!.AsArray(),
            entity => Assert.Equal("DEPLOYMENT_READY", entity!["state"]!["deployment"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("PUT", "/churn-v1/config", "updating its configuration")]
    [InlineData("POST", "/churn-v1/config:stop", "stopping it")]
    [InlineData("PATCH", "/churn-v1/telemetry-config", "updating its telemetry configuration")]
    public async Task A_second_change_waits_for_the_first(string method, string path, string what)
    {
        await using Wire wire = await Wire.OpenAsync();
        string config = $$"""{"served_entities":[{{ManagementWire.ChurnEntity("2")}}]}""";
        await wire.ManagedAsync("PUT", "/churn-v1/config", config);

        Assert.Equal(
            ManagementWire.Error(
                409, "RESOURCE_CONFLICT", $"Endpoint churn-v1 is currently updating. Wait for the update to complete before {what}."),
            await wire.ManageAsync(method, path, config));
    }

    [Fact]
    public async Task An_update_can_be_made_to_fail_and_the_next_one_succeeds()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Management.ReadsToDeploy = 0);
        wire.Emulator.Endpoint("churn-v1").FailsToDeploy("Out of memory.");
        string config = $$"""{"served_entities":[{{ManagementWire.ChurnEntity("2")}}]}""";
        await wire.ManagedAsync("PUT", "/churn-v1/config", config);

        JsonNode failed = await wire.ManagedAsync("GET", "/churn-v1");
        string old = await wire.AskAsync("churn-v1", ManagementWire.OneRow);
        await wire.ManagedAsync("PUT", "/churn-v1/config", config);
        JsonNode repaired = await wire.ManagedAsync("GET", "/churn-v1");

        Assert.Equal(
            "READY UPDATE_FAILED DEPLOYMENT_FAILED Out of memory.",
            $"{failed["state"]!["ready"]} {failed["state"]!["config_update"]} {First(failed)["deployment"]} "
                + First(failed)["deployment_state_message"]);
        Assert.Equal("200 {\"predictions\":[0.8]}", old);
        Assert.Equal(
            "READY NOT_UPDATING 3",
            $"{repaired["state"]!["ready"]} {repaired["state"]!["config_update"]} {repaired["config"]!["config_version"]}");
    }

    [Fact]
    public async Task A_deployment_in_progress_can_be_canceled()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Management.ReadsToDeploy = 0);
        await wire.ManagedAsync("POST", "", ManagementWire.Churn("new"));
        wire.Emulator.Endpoint("new").CancelsTheUpdate("Stopped by hand.");

        JsonNode detail = await wire.ManagedAsync("GET", "/new");

        Assert.Equal(
            "NOT_READY UPDATE_CANCELED DEPLOYMENT_ABORTED Stopped by hand.",
            $"{detail["state"]!["ready"]} {detail["state"]!["config_update"]} {First(detail)["deployment"]} "
                + First(detail)["deployment_state_message"]);
    }

    [Fact]
    public async Task An_endpoint_keeps_its_kind()
    {
        await using Wire wire = await Wire.OpenAsync();
        string external = """
            {"served_entities":[{"external_model":{"name":"m","provider":"cohere","task":"llm/v1/chat","cohere_config":{"cohere_api_key":"k"}}}]}
            """;

        Assert.Equal(
            [
                ManagementWire.Error(
                    400, "INVALID_PARAMETER_VALUE", "An endpoint created without external_model cannot be updated to add it."),
                ManagementWire.Error(
                    400, "INVALID_PARAMETER_VALUE", "An endpoint with external_model cannot be updated to one without it."),
            ],
            [
                await wire.ManageAsync("PUT", "/churn-v1/config", external),
                await wire.ManageAsync(
                    "PUT", "/azure-gpt-4o/config", $$"""{"served_entities":[{{ManagementWire.ChurnEntity("1")}}]}"""),
            ]);
    }

    [Fact]
    public async Task A_stopped_endpoint_refuses_queries_until_it_is_started()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Management.ReadsToDeploy = 0);
        string stopped = $"{(await wire.ManagedAsync("POST", "/churn-v1/config:stop"))["state"]}";
        string refused = await wire.AskAsync("churn-v1", ManagementWire.OneRow);
        JsonNode started = await wire.ManagedAsync("POST", "/churn-v1/config:start");
        string early = await wire.AskAsync("churn-v1", ManagementWire.OneRow);
        JsonNode detail = await wire.ManagedAsync("GET", "/churn-v1");

        Wire.SameJson("""{"ready":"NOT_READY","config_update":"NOT_UPDATING","suspend":"SUSPENDED"}""", stopped);
        Assert.Equal(ManagementWire.Error(400, "BAD_REQUEST", "Endpoint churn-v1 is stopped. Start it to query it."), refused);
        Wire.SameJson("""{"ready":"NOT_READY","config_update":"IN_PROGRESS","suspend":"NOT_SUSPENDED"}""", $"{started["state"]}");
        Assert.Equal(ManagementWire.Error(400, "INVALID_STATE", "Endpoint churn-v1 is not ready."), early);
        Assert.Equal(2, detail["config"]!["config_version"]!.GetValue<int>());
        Assert.Equal("200 {\"predictions\":[0.8]}", await wire.AskAsync("churn-v1", ManagementWire.OneRow));
    }

    [Theory]
    [InlineData("/fraud-v2/config:stop", "INVALID_STATE", "Endpoint fraud-v2 is not running.")]
    [InlineData("/churn-v1/config:start", "INVALID_STATE", "Endpoint churn-v1 is not stopped.")]
    [InlineData("/databricks-inkling/config:stop", "INVALID_PARAMETER_VALUE", "Only endpoints that serve custom models can be stopped.")]
    public async Task Only_what_runs_stops_and_only_what_stopped_starts(string path, string code, string message)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(ManagementWire.Error(400, code, message), await wire.ManageAsync("POST", path));
    }

    [Theory]
    [InlineData(400, "INVALID_STATE")]
    [InlineData(503, "TEMPORARILY_UNAVAILABLE")]
    public async Task An_endpoint_that_is_not_ready_refuses_queries_as_told(int status, string code)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.NotReadyStatus = status);

        Assert.Equal(
            ManagementWire.Error(status, code, "Endpoint maverick-pt is not ready."),
            await wire.AskAsync("maverick-pt", """{"messages":[{"role":"user","content":"Hi"}]}"""));
    }

    [Fact]
    public async Task A_retired_model_is_listed_and_refuses_queries()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-inkling").Retires();

        Assert.Equal(
            ManagementWire.Error(400, "BAD_REQUEST", "BAD_REQUEST: This endpoint databricks-inkling is deprecated"),
            await wire.AskAsync("databricks-inkling", """{"messages":[{"role":"user","content":"Hi"}]}"""));
        Assert.Equal("READY NOT_UPDATING", await wire.StateAsync("databricks-inkling"));
    }

    [Fact]
    public async Task Traffic_is_split_by_script_of_deployed_classic_models_alone()
    {
        await using DatabricksEmulator emulator = await DatabricksEmulator.StartAsync();

        Assert.Throws<InvalidOperationException>(() => emulator.Endpoint("databricks-inkling").SplitsTraffic(("a", "1", 100)));
        Assert.Throws<ArgumentException>(() => emulator.Endpoint("churn-v1").SplitsTraffic(("a", "1", 99)));
        Assert.Throws<ArgumentException>(() => emulator.Endpoint("churn-v1").SplitsTraffic(("a", "9", 100)));
        Assert.Throws<ArgumentOutOfRangeException>(() => emulator.Endpoint("churn-v1").TakesReadsToDeploy(-1));
    }

    private static JsonNode First(JsonNode detail) => detail["pending_config"]!["served_entities"]![0]!["state"]!;
}
