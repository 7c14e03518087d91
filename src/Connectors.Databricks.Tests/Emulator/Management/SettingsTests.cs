using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Management;

public class SettingsTests
{
    [Fact]
    public async Task Tags_are_added_first_and_deleted_then()
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.ManagedAsync("PATCH", "/churn-v1/tags", """{"add_tags":[{"key":"b","value":"1"},{"key":"c"}]}""");

        string answer = await wire.ManageAsync(
            "PATCH", "/churn-v1/tags",
            """{"add_tags":[{"key":"b","value":"2"},{"key":"a","value":"3"},{"key":"d"}],"delete_tags":["d","x"]}""");

        const string Tags = """[{"key":"a","value":"3"},{"key":"b","value":"2"},{"key":"c"}]""";
        Assert.Equal($$"""200 {"tags":{{Tags}}}""", answer);
        Wire.SameJson(Tags, (await wire.ManagedAsync("GET", "/churn-v1"))["tags"]!.ToJsonString());
    }

    [Fact]
    public async Task The_export_of_system_metrics_is_kept()
    {
        await using Wire wire = await Wire.OpenAsync();

        string changed = await wire.ManageAsync(
            "PATCH", "/churn-v1/system-metrics-export-state", """{"uc_system_metrics_export_state":"FIRST_PARTY_EXPORT_ENABLED"}""");
        string refused = await wire.ManageAsync(
            "PATCH", "/churn-v1/system-metrics-export-state", """{"uc_system_metrics_export_state":"ON"}""");

        Assert.Contains("\"uc_system_metrics_export_state\":\"FIRST_PARTY_EXPORT_ENABLED\"", changed, StringComparison.Ordinal);
        Assert.StartsWith("400 ", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pt_term", """{"name":"n","config":{"served_entities":[{"pt_term":"COMMITMENT_TERM_1_MONTH"}]}}""")]
    [InlineData("relocate_pt_commitment", """{"name":"n","config":{},"relocate_pt_commitment":{"source_endpoint":"a"}}""")]
    public async Task Commitments_are_not_served_and_named(string member, string body)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.ManageAsync("POST", "/pt", body);

        Assert.StartsWith("501 ", answer, StringComparison.Ordinal);
        Assert.Contains(member, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Older_servers_answer_tags_with_a_bare_array()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.ReturnsTagsAsArray = true);

        Assert.Equal("""200 [{"key":"a"}]""", await wire.ManageAsync("PATCH", "/churn-v1/tags", """{"add_tags":[{"key":"a"}]}"""));
    }

    [Fact]
    public async Task A_gateway_is_kept_and_removed_by_an_empty_one()
    {
        await using Wire wire = await Wire.OpenAsync();
        const string Gateway =
            """{"usage_tracking_config":{"enabled":true},"rate_limits":[{"key":"user","calls":5,"renewal_period":"minute"}]}""";

        Assert.Equal("200 " + Gateway, await wire.ManageAsync("PUT", "/databricks-inkling/ai-gateway", Gateway));
        Wire.SameJson(Gateway, (await wire.ManagedAsync("GET", "/databricks-inkling"))["ai_gateway"]!.ToJsonString());
        Assert.Equal("200 {}", await wire.ManageAsync("PUT", "/databricks-inkling/ai-gateway", """{"rate_limits":[]}"""));
        Assert.Null((await wire.ManagedAsync("GET", "/databricks-inkling"))["ai_gateway"]);
    }

    [Theory]
    [InlineData("""{"rate_limits":[{"key":"planet","calls":1,"renewal_period":"minute"}]}""", "Rate limit key 'planet' is not supported.")]
    [InlineData("""{"rate_limits":[{"calls":1,"renewal_period":"hour"}]}""", "The renewal_period of a rate limit must be 'minute'.")]
    [InlineData("""{"rate_limits":[{"renewal_period":"minute"}]}""", "A rate limit needs calls or tokens.")]
    [InlineData("""{"rate_limits":[{"key":"user_group","calls":1,"renewal_period":"minute"}]}""",
        "A rate limit of 'user_group' needs a principal.")]
    [InlineData("""{"inference_table_config":{"enabled":true}}""",
        "catalog_name and schema_name are required to enable inference tables.")]
    [InlineData("""{"guardrails":{"output":{"pii":{"behavior":"HIDE"}}}}""", "PII behavior 'HIDE' is not supported.")]
    [InlineData("""{"fallback_config":{"enabled":true}}""", "Fallbacks are supported for endpoints with external models only.")]
    public async Task A_wrong_gateway_is_refused(string gateway, string message)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(
            ManagementWire.Error(400, "INVALID_PARAMETER_VALUE", message),
            await wire.ManageAsync("PUT", "/databricks-inkling/ai-gateway", gateway));
    }

    [Theory]
    [InlineData("ai-gateway", "endpoint")]
    [InlineData("ai-gateway", "user")]
    [InlineData("rate-limits", "endpoint")]
    public async Task Calls_beyond_the_limit_of_a_minute_are_refused(string route, string key)
    {
        await using Wire wire = await Wire.OpenAsync();
        string limits = $$"""{"rate_limits":[{"key":"{{key}}","calls":2,"renewal_period":"minute"}]}""";
        Assert.Equal("200 " + limits, await wire.ManageAsync("PUT", $"/churn-v1/{route}", limits));

        List<string> answers = [];
        for (int request = 0; request < 3; request++)
        {
            answers.Add(await wire.AskAsync("churn-v1", ManagementWire.OneRow));
        }

        wire.Clock.Advance(TimeSpan.FromMinutes(1));
        answers.Add(await wire.AskAsync("churn-v1", ManagementWire.OneRow));
        const string Fine = "200 {\"predictions\":[0.8]}";
        Assert.Equal(
            [
                Fine,
                Fine,
                ManagementWire.Error(
                    429, "REQUEST_LIMIT_EXCEEDED", $"REQUEST_LIMIT_EXCEEDED: Exceeded {key} rate limit for endpoint churn-v1."),
                Fine,
            ],
            answers);
    }

    [Fact]
    public async Task Notifications_answer_with_themselves_and_a_name()
    {
        await using Wire wire = await Wire.OpenAsync();
        const string Notifications = """{"on_update_failure":["ops@example.com"]}""";

        string answer = await wire.ManageAsync(
            "PATCH", "/churn-v1/notifications", $$"""{"email_notifications":{{Notifications}}}""");

        Assert.Equal($$"""200 {"name":"churn-v1","email_notifications":{{Notifications}}}""", answer);
        Wire.SameJson(Notifications, (await wire.ManagedAsync("GET", "/churn-v1"))["email_notifications"]!.ToJsonString());
    }

    [Fact]
    public async Task Telemetry_tables_become_a_profile()
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonNode set = (await wire.ManagedAsync("PATCH", "/churn-v1/telemetry-config",
            """
            {"telemetry_config":{"table_names":{"logs_table":"main.t.logs"},"inference_table_config":{"sampling_fraction":0.5}}}
            """))["telemetry_config"]!;
        JsonNode removed = await wire.ManagedAsync("PATCH", "/churn-v1/telemetry-config", "{}");

        Assert.Null(set["table_names"]);
        Assert.True(Guid.TryParse(set["telemetry_profile_id"]!.GetValue<string>(), out _));
        Wire.SameJson(
            """{"sampling_fraction":0.5,"name":"main.t.logs_payload"}""", set["inference_table_config"]!.ToJsonString());
        Assert.Null(removed["telemetry_config"]);
    }

    [Fact]
    public async Task External_models_have_no_telemetry()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(
            ManagementWire.Error(
                400,
                "INVALID_PARAMETER_VALUE",
                "Telemetry configuration is not supported for endpoint type 'EXTERNAL_MODELS'. "
                    + "This API only supports endpoints with custom served models."),
            await wire.ManageAsync("PATCH", "/azure-gpt-4o/telemetry-config", """{"telemetry_config":{"telemetry_profile_id":"p"}}"""));
    }

    [Fact]
    public async Task Permissions_are_replaced_by_put_and_merged_by_patch()
    {
        await using Wire wire = await Wire.OpenAsync();
        string id = wire.Emulator.Endpoint("churn-v1").Id;
        string path = "api/2.0/permissions/serving-endpoints/" + id;

        await wire.ManagedAsync("PUT", path,
            """{"access_control_list":[{"user_name":"a@example.com","permission_level":"CAN_VIEW"}]}""");
        string merged = await wire.ManageAsync("PATCH", path,
            """
            {"access_control_list":[{"user_name":"a@example.com","permission_level":"CAN_QUERY"},
                                    {"group_name":"ops","permission_level":"CAN_MANAGE"}]}
            """);

        Wire.SameJson(
            """
            {"object_id":"/serving-endpoints/ID","object_type":"serving-endpoint","access_control_list":[
              {"user_name":"a@example.com","display_name":"a@example.com",
               "all_permissions":[{"permission_level":"CAN_QUERY","inherited":false}]},
              {"group_name":"ops","all_permissions":[{"permission_level":"CAN_MANAGE","inherited":false}]},
              {"group_name":"admins","all_permissions":[
                {"permission_level":"CAN_MANAGE","inherited":true,"inherited_from_object":["/serving-endpoints/"]}]}]}
            """.Replace("ID", id, StringComparison.Ordinal),
            merged[4..]);
        Assert.Equal(merged, await wire.ManageAsync("GET", path));
    }

    [Fact]
    public async Task Permission_levels_are_three()
    {
        await using Wire wire = await Wire.OpenAsync();
        string path = $"api/2.0/permissions/serving-endpoints/{wire.Emulator.Endpoint("churn-v1").Id}";

        JsonNode levels = await wire.ManagedAsync("GET", path + "/permissionLevels");
        string wrong = await wire.ManageAsync(
            "PATCH", path, """{"access_control_list":[{"user_name":"a","permission_level":"IS_OWNER"}]}""");

        Assert.Equal(
            ["CAN_MANAGE", "CAN_QUERY", "CAN_VIEW"],
            levels["permission_levels"]!.AsArray().Select(level => level!["permission_level"]!.GetValue<string>()));
        Assert.Equal(
            ManagementWire.Error(
                400, "INVALID_PARAMETER_VALUE", "Permission level 'IS_OWNER' is not supported for serving endpoints."),
            wrong);
    }

    [Fact]
    public async Task Permissions_are_found_by_id_and_not_by_name()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(
            ManagementWire.Error(404, "RESOURCE_DOES_NOT_EXIST", "Serving endpoint with id churn-v1 not found"),
            await wire.ManageAsync("GET", "api/2.0/permissions/serving-endpoints/churn-v1"));
    }
}
