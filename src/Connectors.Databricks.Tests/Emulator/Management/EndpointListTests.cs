using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Management;

public class EndpointListTests
{
    [Fact]
    public async Task A_thousand_endpoints_are_listed_at_once()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.AddsDefaultEndpoints = false);
        wire.Emulator.AddManyEndpoints(1000);

        JsonArray list = (await wire.ManagedAsync("GET", ""))["endpoints"]!.AsArray();

        Assert.Equal(1000, list.Select(endpoint => endpoint!["id"]!.GetValue<string>()).Distinct().Count());
        Assert.Equal(
            [("agent", 125), ("custom", 250), ("external", 250), ("feature", 125), ("pay-per-token", 125), ("provisioned", 125)],
            list.GroupBy(Kind).OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => (same.Key, same.Count())));
    }

    [Fact]
    public async Task The_default_endpoints_hold_every_kind_and_some_that_do_not_answer()
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonArray list = (await wire.ManagedAsync("GET", ""))["endpoints"]!.AsArray();

        Assert.Equal(
            ["agent", "custom", "external", "feature", "not deployed", "pay-per-token"],
            list.Select(Kind).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            ["fraud-v2", "maverick-pt"],
            list.Where(endpoint => endpoint!["state"]!["ready"]!.GetValue<string>() == "NOT_READY")
                .Select(endpoint => endpoint!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Foundation_models_are_listed_alone()
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonArray list = (await wire.ManagedAsync("GET", "api/2.0/serving-endpoints:foundation-models"))["endpoints"]!.AsArray();

        Assert.Equal(12, list.Count);
        Assert.All(list, endpoint => Assert.StartsWith("databricks-", endpoint!["name"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deployment_that_does_not_end_is_told_by_its_detail_alone()
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonNode detail = await wire.ManagedAsync("GET", "/maverick-pt");

        Assert.Null(detail["config"]);
        Wire.SameJson(
            """
            {"name":"llama-4-maverick-1","entity_name":"system.ai.llama-4-maverick","entity_version":"1","provisioned_model_units":50,
             "creator":"emulator@example.com","creation_timestamp":1790000000000,
             "state":{"deployment":"DEPLOYMENT_CREATING","deployment_state_message":"Creating resources for served entity."}}
            """,
            detail["pending_config"]!["served_entities"]![0]!.ToJsonString());
    }

    /// <summary>The state of an endpoint as a client reads it from the summary.</summary>
    private static string Kind(JsonNode? endpoint)
    {
        JsonNode? entity = endpoint!["config"]?["served_entities"]?[0];
        string? name = entity?["entity_name"]?.GetValue<string>();
        return entity is null ? "not deployed"
            : entity["external_model"] is not null ? "external"
            : entity["foundation_model"] is not null ? "pay-per-token"
            : endpoint["task"]?.GetValue<string>().StartsWith("agent/", StringComparison.Ordinal) is true ? "agent"
            : name!.StartsWith("system.ai.", StringComparison.Ordinal) ? "provisioned"
            : entity["entity_version"] is null ? "feature"
            : "custom";
    }
}
