using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Gateway;

/// <summary>The API of model services, on the wire.</summary>
public class ModelServiceTests
{
    private const string Mine = $"{GatewayWire.Services}/main.ai.chat";

    /// <summary>The etag of a new service, as it must be in a URL.</summary>
    private const string First = "%2B%2F8AAQ%3D%3D";

    [Fact]
    public async Task A_system_service_shows_its_destination()
    {
        await using Wire wire = await Wire.OpenAsync();

        Wire.SameJson(
            """
            {
              "name": "model-services/system.ai.claude-sonnet-4-5",
              "effective_owner": "System user",
              "etag": "+/8AAQ==",
              "metastore_id": "ae000000-0000-4000-8000-000000000001",
              "supported_api_types": ["mlflow/v1/chat/completions", "mlflow/v1/responses", "anthropic/v1/messages"],
              "create_time": "2026-09-21T14:13:20Z",
              "created_by": "System user",
              "update_time": "2026-09-21T14:13:20Z",
              "updated_by": "System user",
              "config": {"routing": {"destinations": [{
                "name": "databricks-claude-sonnet-4-5",
                "destination_type": "DESTINATION_TYPE_PAY_PER_TOKEN_FOUNDATION_MODEL",
                "traffic_percentage": 100,
                "pay_per_token_config": {"model": "models/system.ai.databricks-claude-sonnet-4-5"}}]}}
            }
            """,
            (await wire.GetJsonAsync($"{GatewayWire.Services}/system.ai.claude-sonnet-4-5")).ToJsonString());
    }

    [Fact]
    public async Task Names_of_APIs_can_be_short()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.UsesShortApiNames = true);

        Assert.Equal(
            """["chat","responses","anthropic/v1/messages"]""",
            (await wire.GetJsonAsync($"{GatewayWire.Services}/system.ai.claude-sonnet-4-5"))["supported_api_types"]!.ToJsonString());
        Assert.Equal(
            """["embeddings"]""",
            (await wire.GetJsonAsync($"{GatewayWire.Services}/system.ai.gte-large-en"))["supported_api_types"]!.ToJsonString());
    }

    [Fact]
    public async Task Pages_go_on_after_an_empty_first_one()
    {
        await using Wire wire = await Wire.OpenAsync();
        List<int> sizes = [];
        List<string> names = [];
        string? token = null;
        do
        {
            JsonNode page = await wire.GetJsonAsync(
                $"{GatewayWire.Services}?parent=schemas%2Fsystem.ai&page_size=5" + (token is null ? "" : $"&page_token={token}"));
            JsonArray services = page["model_services"]!.AsArray();
            sizes.Add(services.Count);
            names.AddRange(services.Select(service => service!["name"]!.GetValue<string>()));
            token = page["next_page_token"]?.GetValue<string>();
        }
        while (token is not null);

        Assert.Equal([0, 5, 5, 5, 1], sizes);
        Assert.Equal(wire.Emulator.ModelServices.Select(service => $"model-services/{service.Name}"), names);
    }

    [Fact]
    public async Task A_service_that_the_caller_may_not_call_is_filtered_after_paging()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Management.EmptyModelServicePages = 0);
        wire.Emulator.AddModelService("main.ai.hidden", "databricks-inkling").RevokesExecute();

        JsonNode page = await wire.GetJsonAsync($"{GatewayWire.Services}?page_size=1");

        Assert.Empty(page["model_services"]!.AsArray());
        Assert.NotNull(page["next_page_token"]);
    }

    [Theory]
    [InlineData("page_size=101", "400")]
    [InlineData("page_size=x", "400")]
    [InlineData("page_token=x", "400")]
    [InlineData("parent=system.ai", "400")]
    [InlineData("parent=schemas/main.none", "200")]
    public async Task A_list_checks_its_query(string query, string status)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(status, (await wire.SendAsync(HttpMethod.Get, $"{GatewayWire.Services}?{query}"))[..3]);
    }

    [Fact]
    public async Task A_page_token_can_repeat_for_ever()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.RepeatsPageTokens = true);

        JsonNode first = await wire.GetJsonAsync($"{GatewayWire.Services}?page_size=50");
        JsonNode second = await wire.GetJsonAsync($"{GatewayWire.Services}?page_size=50&page_token={first["next_page_token"]}");

        Assert.Equal(first["next_page_token"]!.ToString(), second["next_page_token"]!.ToString());
    }

    [Fact]
    public async Task A_service_is_created_called_updated_and_deleted()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith(
            "200 ", await wire.CreateServiceAsync(GatewayWire.Routing(("a", "claude-opus-4-8", 100))), StringComparison.Ordinal);
        Assert.StartsWith(
            "409 {\"error_code\":\"RESOURCE_ALREADY_EXISTS\"",
            await wire.CreateServiceAsync(GatewayWire.Routing(("a", "claude-opus-4-8", 100))),
            StringComparison.Ordinal);
        Assert.Equal("Claude", await DialectAsync(wire));

        string updated = await wire.SendAsync(
            HttpMethod.Patch, $"{Mine}?update_mask=config.routing.destinations,comment&etag={First}",
            GatewayWire.Body(GatewayWire.Routing(("b", "llama_v3_3_70b_instruct", 100)), "\"comment\":\"New.\","));
        Assert.StartsWith("200 ", updated, StringComparison.Ordinal);
        Assert.Contains("\"comment\":\"New.\"", updated, StringComparison.Ordinal);
        Assert.Contains("\"etag\":\"+/8AAg==\"", updated, StringComparison.Ordinal);
        Assert.Equal("Llama", await DialectAsync(wire));

        Assert.Equal("200 {}", await wire.SendAsync(HttpMethod.Delete, Mine));
        Assert.Equal(
            """404 {"error_code":"RESOURCE_DOES_NOT_EXIST","message":"Model service 'main.ai.chat' does not exist."}""",
            await wire.SendAsync(HttpMethod.Get, Mine));
        Assert.StartsWith(
            "404 ", await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("main.ai.chat")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "update_mask is required.")]
    [InlineData("update_mask=*", "update_mask '*' is not supported.")]
    [InlineData("update_mask=config.routing", "update_mask 'config.routing' is not supported.")]
    [InlineData("update_mask=config.routing.fallback", "update_mask 'config.routing.fallback' is not supported.")]
    [InlineData("update_mask=owner", "update_mask 'owner' is not supported.")]
    public async Task Only_the_legal_masks_are_accepted(string query, string message)
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.CreateServiceAsync(GatewayWire.Routing(("a", "claude-opus-4-8", 100)));

        string answer = await wire.SendAsync(HttpMethod.Patch, $"{Mine}?{query}", """{"config":{}}""");

        Assert.StartsWith("400 {\"error_code\":\"INVALID_PARAMETER_VALUE\"", answer, StringComparison.Ordinal);
        Assert.Contains(message, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_the_configuration_needs_a_configuration()
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.CreateServiceAsync(GatewayWire.Routing(("a", "claude-opus-4-8", 100)));

        Assert.Equal(
            """400 {"error_code":"INVALID_PARAMETER_VALUE","message":"config is required."}""",
            await wire.SendAsync(HttpMethod.Patch, $"{Mine}?update_mask=config.rate_limits", "{}"));
    }

    [Theory]
    [InlineData("RESOURCE_CONFLICT", "409")]
    [InlineData("ABORTED", "409")]
    [InlineData("FAILED_PRECONDITION", "400")]
    public async Task A_stale_etag_changes_nothing(string code, string status)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.StaleEtagCode = code);
        await wire.CreateServiceAsync(GatewayWire.Routing(("a", "claude-opus-4-8", 100)));
        await wire.SendAsync(HttpMethod.Patch, $"{Mine}?update_mask=comment", """{"comment":"Theirs."}""");

        string answer = await wire.SendAsync(HttpMethod.Patch, $"{Mine}?update_mask=comment&etag={First}", """{"comment":"Ours."}""");

        Assert.StartsWith($"{status} {{\"error_code\":\"{code}\"", answer, StringComparison.Ordinal);
        Assert.StartsWith(
            $"{status} {{\"error_code\":\"{code}\"",
            await wire.SendAsync(HttpMethod.Delete, $"{Mine}?etag={First}"),
            StringComparison.Ordinal);
        Assert.Equal("Theirs.", (await wire.GetJsonAsync(Mine))["comment"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_mask_replaces_its_own_part_alone()
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.CreateServiceAsync(GatewayWire.Routing(("a", "claude-opus-4-8", 100)));

        await wire.SendAsync(
            HttpMethod.Patch, $"{Mine}?update_mask=config.rate_limits",
            """
            {"config":{"rate_limits":[{"key":"RATE_LIMIT_KEY_SERVICE","requests":1,"renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_HOUR"}],
              "inference_table":{"parent":"schemas/main.logs"}}}
            """);

        JsonNode config = (await wire.GetJsonAsync(Mine))["config"]!;
        Assert.NotNull(config["routing"]);
        Assert.NotNull(config["rate_limits"]);
        Assert.Null(config["inference_table"]);
    }

    [Theory]
    [InlineData("""{"routing":{"destinations":[]}}""")]
    [InlineData("""{"rate_limits":[]}""")]
    [InlineData("""{"routing":{"destinations":[{"name":"a","destination_type":"X"}]}}""")]
    [InlineData("""{"guardrails":{}}""")]
    public async Task A_creation_is_checked(string config)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.SendAsync(
            HttpMethod.Post, $"{GatewayWire.Services}?parent=schemas/main.ai&model_service_id=chat", $"{{\"config\":{config}}}");

        Assert.StartsWith("400 ", answer, StringComparison.Ordinal);
        Assert.StartsWith("404 ", await wire.SendAsync(HttpMethod.Get, Mine), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_does_not_exist_is_a_bad_request()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith(
            "400 {\"error_code\":\"BAD_REQUEST\"",
            await wire.CreateServiceAsync(GatewayWire.Routing(("a", "no-such-model", 100))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_service_cannot_be_changed_or_deleted()
    {
        await using Wire wire = await Wire.OpenAsync();
        string path = $"{GatewayWire.Services}/system.ai.kimi-k3";

        Assert.StartsWith("403 ", await wire.SendAsync(HttpMethod.Delete, path), StringComparison.Ordinal);
        Assert.StartsWith("403 ", await wire.SendAsync(HttpMethod.Patch, $"{path}?update_mask=comment", "{}"), StringComparison.Ordinal);
    }

    private static async Task<string> DialectAsync(Wire wire)
    {
        await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("main.ai.chat"));
        return $"{wire.Emulator.Endpoint("main.ai.chat").Dialect}";
    }
}
