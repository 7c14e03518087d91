using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connectors.Databricks.Tests.Hosting;

/// <summary>Health checks as an app runs them, over real HTTP.</summary>
public sealed class EndpointHealthCheckTests : IAsyncLifetime
{
    private const string Llama = "databricks-meta-llama-3-3-70b-instruct";

    private DatabricksEmulator _emulator = null!;

    public async Task InitializeAsync() => _emulator = await DatabricksEmulator.StartAsync();

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Fact]
    public async Task An_endpoint_that_is_ready_is_healthy_and_not_asked_anything()
    {
        var entry = await Check("churn-v1");

        Assert.Equal((HealthStatus.Healthy, "Endpoint 'churn-v1' is ready."), (entry.Status, entry.Description));
        Assert.Equal(("churn-v1", "READY", "NOT_UPDATING"), (entry.Data["endpoint"], entry.Data["ready"], entry.Data["config_update"]));
        Assert.Equal("/api/2.0/serving-endpoints/churn-v1", Assert.Single(_emulator.Requests).Path);
    }

    [Theory]
    [InlineData(Llama)]
    [InlineData("databricks-gte-large-en")]
    [InlineData("text-base")]
    public async Task A_ping_asks_for_one_token_or_vector(string endpointName)
    {
        var entry = await Check(endpointName, options => options.SendPing = true);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.True((double)entry.Data["ping_ms"] > 0);
        Assert.Equal(1, (int?)_emulator.Requests[^1].Json!["max_tokens"] ?? 1);
        Assert.EndsWith("/invocations", _emulator.Requests[^1].Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system.ai.claude-sonnet-4-5", "chat/completions")]
    [InlineData("system.ai.gte-large-en", "embeddings")]
    public async Task A_model_service_is_checked_and_pinged_on_the_gateway(string serviceName, string operation)
    {
        var entry = await Check(serviceName, options => options.SendPing = true);

        Assert.Equal((HealthStatus.Healthy, true), (entry.Status, entry.Data["model_service"]));
        Assert.Equal(
            [$"/api/2.1/unity-catalog/model-services/{serviceName}", $"/ai-gateway/mlflow/v1/{operation}"],
            _emulator.Requests.Select(request => request.Path));
    }

    [Theory]
    [InlineData(EmulatedWorkspace.Classic, "system.ai.claude-sonnet-4-5", HealthStatus.Healthy, "is ready")]
    [InlineData(EmulatedWorkspace.GatewayEnforced, "system.ai.claude-sonnet-4-5", HealthStatus.Healthy, "is ready")]
    [InlineData(EmulatedWorkspace.GatewayEnforced, "databricks-claude-sonnet-4-5", HealthStatus.Healthy, "is ready")]
    [InlineData(EmulatedWorkspace.Sovereign, "system.ai.claude-opus-4-8", HealthStatus.Healthy, "is ready")]
    [InlineData(EmulatedWorkspace.Sovereign, "system.ai.unknown", HealthStatus.Unhealthy, "The workspace has no Unity Gateway")]
    public async Task A_ping_follows_the_mapping_of_names(EmulatedWorkspace workspace, string name, HealthStatus status, string description)
    {
        await using var emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { Workspace = workspace });

        var entry = await Check(emulator, emulator.Token, name, options => options.SendPing = true);

        Assert.Equal(status, entry.Status);
        Assert.Contains(description, entry.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EmulatedWorkspace.Classic, "databricks-claude-sonnet-4-5")]
    [InlineData(EmulatedWorkspace.GatewayEnforced, "system.ai.claude-sonnet-4-5")]
    [InlineData(EmulatedWorkspace.Sovereign, "databricks-claude-sonnet-4-5")]
    public async Task A_token_that_may_not_get_is_unhealthy_with_the_reason(EmulatedWorkspace workspace, string name)
    {
        var options = new DatabricksEmulatorOptions { Workspace = workspace };
        options.Authentication.TokensThatOnlyQuery.Add("dapi-query-only");
        await using var emulator = await DatabricksEmulator.StartAsync(options);

        var entry = await Check(emulator, "dapi-query-only", name);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains($"'{name}' failed: 403", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_classic_model_cannot_be_pinged_and_the_report_names_it() =>
        Assert.Equal("not possible for task ''", (await Check("churn-v1", options => options.SendPing = true)).Data["ping"]);

    [Fact]
    public async Task A_ping_that_fails_is_unhealthy()
    {
        _emulator.Endpoint(Llama).Fails(400, "BAD_REQUEST", message: "No.");

        var entry = await Check(Llama, options => options.SendPing = true);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.IsType<DatabricksServingException>(entry.Exception);
    }

    [Fact]
    public async Task What_others_wrote_is_one_visible_line_of_bounded_length()
    {
        var hostile = $"line\r\n\u001B[31mbreak \u202E {new string('x', 100_000)}";
        _emulator.Endpoint("churn-v1").TakesReadsToDeploy(1).FailsToDeploy(hostile).BeginsToDeploy();
        await Check("churn-v1");
        _emulator.Endpoint(Llama).FailsRaw(400, hostile, "text/plain");

        foreach (var entry in new[] { await Check("churn-v1"), await Check(Llama, options => options.SendPing = true) })
        {
            Assert.NotEqual(HealthStatus.Healthy, entry.Status);
            Assert.Contains(@"\u001B[31mbreak \u202E", entry.Description, StringComparison.Ordinal);
            foreach (var text in entry.Data.Values.OfType<string>().Concat(entry.Data.Keys).Append(entry.Description!))
            {
                Assert.True(SingleLineText.IsVisible(text), text);
                Assert.InRange(text.Length, 0, 2_001);
            }
        }
    }

    [Fact]
    public async Task A_stopped_endpoint_is_unhealthy()
    {
        _emulator.Endpoint("churn-v1").Stops();

        var entry = await Check("churn-v1");

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.StartsWith("Endpoint 'churn-v1' is not ready (NOT_READY, NOT_UPDATING).", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_chooses_what_a_failure_is()
    {
        _emulator.Endpoint("churn-v1").Stops();

        Assert.Equal(HealthStatus.Degraded, (await Check("churn-v1", failureStatus: HealthStatus.Degraded)).Status);
    }

    [Theory]
    [InlineData(true, HealthStatus.Healthy)]
    [InlineData(false, HealthStatus.Degraded)]
    public async Task Scaled_to_zero_is_healthy_unless_asked_and_is_not_woken(bool isHealthy, HealthStatus status)
    {
        _emulator.Endpoint("churn-v1").ScalesToZero();

        var entry = await Check("churn-v1", options => (options.ScaledToZeroIsHealthy, options.SendPing) = (isHealthy, true));

        Assert.Equal((status, "Endpoint 'churn-v1' is scaled to zero: the next call waits for it."), (entry.Status, entry.Description));
        Assert.Single(_emulator.Requests);
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_unhealthy()
    {
        var entry = await Check("nowhere");

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains("'nowhere'", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_log_in_is_unhealthy_and_tells_no_token()
    {
        var entry = await Check("churn-v1", token: "dapi-canary");

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.DoesNotContain("canary", $"{entry.Description}{entry.Exception}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_no_endpoint_is_refused_when_it_is_added() =>
        Assert.Throws<ArgumentException>("endpointName", () => new ServiceCollection().AddHealthChecks().AddDatabricksEndpoint("."));

    private Task<HealthReportEntry> Check(
        string endpointName,
        Action<DatabricksHealthCheckOptions>? configure = null,
        HealthStatus? failureStatus = null,
        string? token = null) =>
        Check(_emulator, token ?? _emulator.Token, endpointName, configure, failureStatus);

    private static async Task<HealthReportEntry> Check(
        DatabricksEmulator emulator,
        string token,
        string endpointName,
        Action<DatabricksHealthCheckOptions>? configure = null,
        HealthStatus? failureStatus = null)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddDatabricksServing(options =>
        {
            options.Host = emulator.Host;
            options.Credential = DatabricksCredential.FromToken(token);
            options.Resilience.Retry = null;
        });
        services.AddHealthChecks().AddDatabricksEndpoint(endpointName, configure, failureStatus: failureStatus, tags: ["models"]);
        await using var provider = services.BuildServiceProvider();
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return report.Entries[endpointName];
    }
}
