using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Gateway;

/// <summary>What the service adds to the documents of model services, and what it does not accept, on the wire.</summary>
public class ModelServiceDocumentTests
{
    private const string Mine = $"{GatewayWire.Services}/main.ai.chat";
    private const string System = $"{GatewayWire.Services}/system.ai.kimi-k3";
    private const string Limit =
        """{"config":{"rate_limits":[{"key":"RATE_LIMIT_KEY_SERVICE","requests":0,"renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_HOUR"}]}}""";

    [Fact]
    public async Task A_short_list_has_no_destinations_and_no_principals()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Management.EmptyModelServicePages = 0);
        await wire.CreateServiceAsync(
            GatewayWire.Routing(("a", "claude-opus-4-8", 100)),
            """
            ,"inference_table":{"parent":"schemas/main.logs"},"rate_limits":[
              {"key":"RATE_LIMIT_KEY_USER","principal":"a@example.com","requests":5,"renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_MINUTE"}]
            """);

        JsonNode page = await wire.GetJsonAsync($"{GatewayWire.Services}?parent=schemas/main.ai");

        Wire.SameJson(
            """
            {"rate_limits":[{"key":"RATE_LIMIT_KEY_USER","requests":5,"renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_MINUTE"}]}
            """,
            page["model_services"]![0]!["config"]!.ToJsonString());
    }

    [Fact]
    public async Task A_destination_shows_the_model_of_its_endpoint_and_whether_it_was_deleted()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.AddProvisionedModelService("main.ai.pt", "maverick-pt");

        JsonNode before = await DestinationAsync();
        await wire.SendAsync(HttpMethod.Delete, "api/2.0/serving-endpoints/maverick-pt");
        JsonNode after = await DestinationAsync();

        Assert.StartsWith(
            "system.ai.", before["provisioned_throughput_config"]!["model"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(before["is_deleted"]);
        Assert.True(after["is_deleted"]!.GetValue<bool>());

        async Task<JsonNode> DestinationAsync() =>
            (await wire.GetJsonAsync($"{GatewayWire.Services}/main.ai.pt"))["config"]!["routing"]!["destinations"]![0]!;
    }

    [Fact]
    public async Task An_external_destination_names_its_target()
    {
        await using Wire wire = await Wire.OpenAsync();
        const string External =
            """
            {"name":"gpt","destination_type":"DESTINATION_TYPE_EXTERNAL_FOUNDATION_MODEL","external_model_config":{
              "model_provider_service":"model-provider-services/main.ai.openai",
              "target":{"model":"gpt-5-2","native_api_types":["openai/v1/chat/completions"]}}}
            """;

        Assert.StartsWith("200 ", await wire.CreateServiceAsync($"{{\"destinations\":[{External}]}}"), StringComparison.Ordinal);
        Assert.StartsWith(
            "200 ", await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("main.ai.chat")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inference_table_gets_its_name_and_keeps_its_place()
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.CreateServiceAsync(
            GatewayWire.Routing(("a", "claude-opus-4-8", 100)), ",\"inference_table\":{\"parent\":\"schemas/main.logs\"}");

        Assert.Equal(
            "tables/main.logs.chat_payload",
            (await wire.GetJsonAsync(Mine))["config"]!["inference_table"]!["table"]!.GetValue<string>());
        Assert.Equal(
            """400 {"error_code":"INVALID_PARAMETER_VALUE","message":"inference_table.parent cannot be changed."}""",
            await wire.SendAsync(
                HttpMethod.Patch,
                $"{Mine}?update_mask=config.inference_table",
                """{"config":{"inference_table":{"parent":"schemas/main.other"}}}"""));
        await wire.SendAsync(HttpMethod.Patch, $"{Mine}?update_mask=config.inference_table", """{"config":{}}""");
        Assert.Null((await wire.GetJsonAsync(Mine))["config"]!["inference_table"]);
    }

    [Fact]
    public async Task A_read_document_can_be_sent_back()
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.CreateServiceAsync(
            GatewayWire.Routing(("a", "claude-opus-4-8", 100)), ",\"inference_table\":{\"parent\":\"schemas/main.logs\"}");

        string document = (await wire.GetJsonAsync(Mine)).ToJsonString();

        Assert.StartsWith("200 ", await wire.SendAsync(HttpMethod.Patch, $"{Mine}?update_mask=config", document), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"etag\":\"x\",\"comment\":\"a\"}", "comment", "etag")]
    [InlineData(
        "{\"config\":{\"inference_table\":{\"parent\":\"schemas/a.b\",\"table\":\"tables/a.b.c\"}}}", "config.inference_table", "table")]
    public async Task Output_only_members_can_be_rejected(string body, string mask, string member)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.RejectsReadOnlyMembers = true);
        await wire.CreateServiceAsync(GatewayWire.Routing(("a", "claude-opus-4-8", 100)));

        Assert.Equal(
            $$"""400 {"error_code":"INVALID_PARAMETER_VALUE","message":"Field '{{member}}' is output-only."}""",
            await wire.SendAsync(HttpMethod.Patch, $"{Mine}?update_mask={mask}", body));
    }

    [Fact]
    public async Task The_limits_of_a_system_service_can_be_managed_but_not_its_destinations()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith(
            "403 ", await wire.SendAsync(HttpMethod.Patch, $"{System}?update_mask=config.rate_limits", Limit), StringComparison.Ordinal);
        wire.Emulator.ModelService("system.ai.kimi-k3").GrantsManage();
        Assert.StartsWith(
            "200 ", await wire.SendAsync(HttpMethod.Patch, $"{System}?update_mask=config.rate_limits", Limit), StringComparison.Ordinal);
        Assert.StartsWith(
            "429 ",
            await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("system.ai.kimi-k3")),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "400 ",
            await wire.SendAsync(HttpMethod.Patch, $"{System}?update_mask=config.routing.destinations", Limit),
            StringComparison.Ordinal);
        Assert.StartsWith("403 ", await wire.SendAsync(HttpMethod.Delete, System), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_limit_of_all_has_no_principal()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Contains(
            "A rate limit of RATE_LIMIT_KEY_SERVICE has no principal.",
            await wire.CreateServiceAsync(
                GatewayWire.Routing(("a", "claude-opus-4-8", 100)),
                """
                ,"rate_limits":[{"key":"RATE_LIMIT_KEY_SERVICE","principal":"a","requests":5,
                "renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_HOUR"}]
                """),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_tokens_are_no_requests()
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.CreateServiceAsync(
            GatewayWire.Routing(("a", "claude-opus-4-8", 100)),
            ""","rate_limits":[{"key":"RATE_LIMIT_KEY_SERVICE","tokens":0,"renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_HOUR"}]""");

        Assert.StartsWith(
            "429 ", await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("main.ai.chat")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GatewayWire.Chat, "")]
    [InlineData(GatewayWire.Chat, "\"stream\":true,\"stream_options\":{\"include_usage\":true},")]
    [InlineData(GatewayWire.Responses, "")]
    [InlineData(GatewayWire.Responses, "\"stream\":true,")]
    public async Task Tokens_are_counted_until_their_limit_is_reached(string path, string members)
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.CreateServiceAsync(
            GatewayWire.Routing(("a", "databricks-gpt-5-2", 100)),
            ""","rate_limits":[{"key":"RATE_LIMIT_KEY_SERVICE","tokens":1,"renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_HOUR"}]""");
        string body = path == GatewayWire.Chat
            ? GatewayWire.Say("main.ai.chat", members)
            : $$"""{"model":"main.ai.chat",{{members}}"input":"Say 'ok'"}""";

        Assert.StartsWith("200 ", await wire.SendAsync(HttpMethod.Post, path, body), StringComparison.Ordinal);
        Assert.StartsWith("429 ", await wire.SendAsync(HttpMethod.Post, path, body), StringComparison.Ordinal);
        Assert.StartsWith(
            "200 ",
            await wire.SendAsync(
                HttpMethod.Patch,
                $"{Mine}?update_mask=config.rate_limits",
                """
                {"config":{"rate_limits":[{"key":"RATE_LIMIT_KEY_SERVICE","tokens":1000,
                "renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_HOUR"}]}}
                """),
            StringComparison.Ordinal);
        Assert.StartsWith("200 ", await wire.SendAsync(HttpMethod.Post, path, body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_request_is_not_repeated_on_a_fallback()
    {
        await using Wire wire = await Wire.OpenAsync();
        string fallback = GatewayWire.Destination("c", "gpt_oss_120b", 0);
        await wire.CreateServiceAsync(GatewayWire.Routing(("a", "claude-opus-4-8", 100))
            .Replace("]}", $"],\"fallback\":{{\"destinations\":[{fallback}]}}}}", StringComparison.Ordinal));
        EmulatedModelService service = wire.Emulator.ModelService("main.ai.chat");

        service.FailsDestination("a", 400);
        Assert.StartsWith("400 ", await AskAsync(), StringComparison.Ordinal);
        service.FailsDestination("a", 429);
        Assert.StartsWith("200 ", await AskAsync(), StringComparison.Ordinal);

        Task<string> AskAsync() => wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("main.ai.chat"));
    }

    [Fact]
    public async Task Grants_have_pages_a_filter_and_an_effective_form()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.ModelService("system.ai.kimi-k3").GrantsExecute("b").GrantsExecute("c");
        const string Path = "permissions/model_service/system.ai.kimi-k3";

        Assert.Equal(
            """
            {"privilege_assignments":[{"principal":"account users","privileges":["EXECUTE"]},{"principal":"b","privileges":["EXECUTE"]}],"next_page_token":"2"}
            """,
            await GetAsync($"{Path}?max_results=2"));
        Assert.Equal(
            """{"privilege_assignments":[{"principal":"c","privileges":["EXECUTE"]}]}""",
            await GetAsync($"{Path}?max_results=2&page_token=2"));
        Assert.Equal("""{"privilege_assignments":[{"principal":"b","privileges":["EXECUTE"]}]}""", await GetAsync($"{Path}?principal=b"));
        Assert.Equal(
            """{"privilege_assignments":[{"principal":"b","privileges":[{"privilege":"EXECUTE"}]}]}""",
            await GetAsync($"effective-{Path}?principal=b"));

        async Task<string> GetAsync(string path) => (await wire.GetJsonAsync($"api/2.1/unity-catalog/{path}")).ToJsonString();
    }
}
