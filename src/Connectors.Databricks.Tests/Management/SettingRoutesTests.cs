using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management;

/// <summary>The routes of tags, limits, gateway, notifications and telemetry, with both documents.</summary>
public class SettingRoutesTests
{
    [Theory]
    [InlineData("""{"tags":[{"key":"stage","value":"prod"},{"key":"team","value":"growth"}]}""")]
    [InlineData(""" [{"key":"stage","value":"prod"},{"key":"team","value":"growth"}]""")]
    public async Task Tags_come_back_wrapped_or_bare(string answer)
    {
        var tags = await Managing.Exchange(
            "PATCH /api/2.0/serving-endpoints/churn/tags",
            """{"add_tags":[{"key":"stage","value":"prod"},{"key":"pilot"}],"delete_tags":["old"]}""",
            answer,
            endpoints => endpoints.UpdateTagsAsync("churn", [new("stage", "prod"), new("pilot")], ["old"]));

        Assert.Equal(["stage=prod", "team=growth"], tags.Select(tag => tag.ToString()));
    }

    [Fact]
    public async Task Tags_are_only_removed()
    {
        Assert.Empty(await Managing.Exchange(
            "PATCH /api/2.0/serving-endpoints/churn/tags", """{"delete_tags":["old"]}""", "{}",
            endpoints => endpoints.UpdateTagsAsync("churn", remove: ["old"])));
    }

    [Fact]
    public async Task Tags_that_contradict_themselves_are_refused()
    {
        var endpoints = new VerbatimService().Client().GetManagementClient();

        await Assert.ThrowsAsync<ArgumentException>("add", () => endpoints.UpdateTagsAsync("churn"));
        await Assert.ThrowsAsync<ArgumentException>("add", () => endpoints.UpdateTagsAsync("churn", [], []));
        Assert.Equal(
            "The tag 'a' is to be added and removed. Do one of both. (Parameter 'remove')",
            (await Assert.ThrowsAsync<ArgumentException>("remove", () => endpoints.UpdateTagsAsync("churn", [new("a")], ["a"]))).Message);
    }

    [Fact]
    public async Task Export_of_system_metrics()
    {
        var endpoint = await Managing.Exchange(
            "PATCH /api/2.0/serving-endpoints/churn/system-metrics-export-state",
            """{"uc_system_metrics_export_state":"FIRST_PARTY_EXPORT_ENABLED"}""",
            """{"name":"churn","uc_system_metrics_export_state":"FIRST_PARTY_EXPORT_ENABLED"}""",
            endpoints => endpoints.UpdateSystemMetricsExportAsync("churn", SystemMetricsExport.Enabled));

        Assert.Equal(SystemMetricsExport.Enabled, endpoint.SystemMetricsExport);
        await Assert.ThrowsAsync<ArgumentException>(
            "setting", () => new VerbatimService().Client().GetManagementClient().UpdateSystemMetricsExportAsync("churn", default));
    }

    [Fact]
    public async Task Rate_limits_of_the_older_kind()
    {
        var limits = await Managing.Exchange(
            "PUT /api/2.0/serving-endpoints/churn/rate-limits",
            """{"rate_limits":[{"key":"user","calls":10,"renewal_period":"minute"}]}""",
            """{"rate_limits":[{"key":"user","calls":10,"renewal_period":"minute"}]}""",
            endpoints => endpoints.UpdateRateLimitsAsync("churn", [new() { Key = RateLimitKey.User, Calls = 10 }]));

        Assert.Equal((RateLimitKey.User, 10, RateLimitRenewalPeriod.Minute), (limits[0].Key, limits[0].Calls, limits[0].RenewalPeriod));
    }

    [Fact]
    public async Task No_rate_limits() => Assert.Empty(await Managing.Exchange(
        "PUT /api/2.0/serving-endpoints/churn/rate-limits", """{"rate_limits":[]}""", "{}", endpoints =>
            endpoints.UpdateRateLimitsAsync("churn", [])));

    [Fact]
    public async Task AI_Gateway()
    {
        const string Document =
            """
            {"usage_tracking_config":{"enabled":true},
             "inference_table_config":{"enabled":true,"catalog_name":"main","schema_name":"logs","table_name_prefix":"churn"},
             "rate_limits":[{"key":"user","calls":100,"renewal_period":"minute"},{"key":"endpoint","tokens":50000,"renewal_period":"minute"},
               {"key":"service_principal","principal":"app-1","calls":10,"renewal_period":"minute"}],
             "guardrails":{"input":{"pii":{"behavior":"BLOCK"},"safety":true,"invalid_keywords":["bomb"],"valid_topics":["bicycles"]},
               "output":{"pii":{"behavior":"MASK"}}},
             "fallback_config":{"enabled":true}}
            """;
        var config = await Managing.Exchange(
            "PUT /api/2.0/serving-endpoints/churn/ai-gateway", Document, Document,
            endpoints => endpoints.UpdateAIGatewayAsync("churn", new AIGatewayConfig
            {
                UsageTracking = new() { Enabled = true },
                InferenceTable = new() { Enabled = true, CatalogName = "main", SchemaName = "logs", TableNamePrefix = "churn" },
                RateLimits =
                [
                    new() { Key = RateLimitKey.User, Calls = 100 },
                    new() { Key = RateLimitKey.Endpoint, Tokens = 50_000 },
                    new() { Key = RateLimitKey.ServicePrincipal, Principal = "app-1", Calls = 10 },
                ],
                Guardrails = new()
                {
                    Input = new() { Pii = new() { Behavior = PiiBehavior.Block }, Safety = true, InvalidKeywords = ["bomb"],
                        ValidTopics = ["bicycles"] },
                    Output = new() { Pii = new() { Behavior = PiiBehavior.Mask } },
                },
                Fallback = new() { Enabled = true },
            }));

        // What was read is what is sent.
        await Managing.Exchange(
            "PUT /api/2.0/serving-endpoints/churn/ai-gateway", Document, "{}", endpoints =>
                endpoints.UpdateAIGatewayAsync("churn", config));
    }

    [Fact]
    public async Task A_gateway_without_a_member_is_sent_empty() => Assert.Equal(new AIGatewayConfig(), await Managing.Exchange(
        "PUT /api/2.0/serving-endpoints/churn/ai-gateway", "{}", "{}", endpoints => endpoints.UpdateAIGatewayAsync("churn", new())));

    [Fact]
    public async Task Notifications()
    {
        var notifications = await Managing.Exchange(
            "PATCH /api/2.0/serving-endpoints/churn/notifications",
            """{"email_notifications":{"on_update_success":["a@example.com"],"on_update_failure":["b@example.com"]}}""",
            """{"name":"churn","email_notifications":{"on_update_success":["a@example.com"]}}""",
            endpoints => endpoints.UpdateNotificationsAsync("churn",
                new() { OnUpdateSuccess = ["a@example.com"], OnUpdateFailure = ["b@example.com"] }));

        Assert.Equal(["a@example.com"], notifications.OnUpdateSuccess!);
    }

    [Fact]
    public async Task Telemetry()
    {
        var endpoint = await Managing.Exchange(
            "PATCH /api/2.0/serving-endpoints/churn/telemetry-config",
            """{"telemetry_config":{"telemetry_profile_id":"p-1"}}""",
            """{"name":"churn","telemetry_config":{"telemetry_profile_id":"p-1"}}""",
            endpoints => endpoints.UpdateTelemetryAsync("churn", new() { TelemetryProfileId = "p-1" }));

        Assert.Equal("p-1", endpoint.TelemetryConfig!.TelemetryProfileId);
    }

    [Fact]
    public async Task No_telemetry() => Assert.Null((await Managing.Exchange(
        "PATCH /api/2.0/serving-endpoints/churn/telemetry-config", "{}", Managing.Ready,
        endpoints => endpoints.UpdateTelemetryAsync("churn", null))).TelemetryConfig);
}
