using Connectors.Databricks.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Connectors.Databricks.AspNetCore.Tests.Health;

/// <summary>The health route: 200, or 503 with a reason.</summary>
public class HealthRouteTests
{
    private static async Task<TestApp> StartAsync(
        Action<DatabricksHealthRouteOptions>? configure = null, Action<IHealthChecksBuilder>? checks = null,
        Action<DatabricksServingOptions>? serving = null, TimeProvider? clock = null)
    {
        var app = await TestApp.StartAsync(
            app => app.MapDatabricksHealth("/health", configure),
            services =>
            {
                services.AddSingleton(clock ?? TimeProvider.System);
                (checks ?? (builder => builder.AddDatabricksEndpoint("churn-v1")))(services.AddHealthChecks());
            },
            serving: serving);
        app.Emulator.AddClassicEndpoint("churn-v1");
        return app;
    }

    private static readonly Dictionary<string, Action<EmulatedEndpoint>> States = new()
    {
        ["ready"] = _ => { },
        ["deploying"] = endpoint => endpoint.TakesReadsToDeploy(5).BeginsToDeploy(),
        ["stopped"] = endpoint => endpoint.Stops(),
        ["failed"] = endpoint => endpoint.FailsToDeploy("out of memory on host adb-1").TakesReadsToDeploy(0).BeginsToDeploy(),
    };

    [Theory]
    [InlineData("ready", 200, """{"status":"healthy","checks":[{"name":"churn-v1","status":"healthy"}]}""")]
    [InlineData("deploying", 503, """{"status":"unhealthy","checks":[{"name":"churn-v1","status":"unhealthy","reason":"The endpoint is not ready (NOT_READY, IN_PROGRESS)."}]}""")]
    [InlineData("stopped", 503, """{"status":"unhealthy","checks":[{"name":"churn-v1","status":"unhealthy","reason":"The endpoint is not ready (NOT_READY, NOT_UPDATING)."}]}""")]
    [InlineData("failed", 503, """{"status":"unhealthy","checks":[{"name":"churn-v1","status":"unhealthy","reason":"The endpoint is not ready (NOT_READY, UPDATE_FAILED)."}]}""")]
    public async Task The_state_of_the_endpoint_is_the_status(string state, int status, string document)
    {
        await using var app = await StartAsync();
        States[state](app.Emulator.Endpoint("churn-v1"));

        using var response = await app.Http.GetAsync(new Uri("/health", UriKind.Relative));

        Assert.Equal((status, document), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(
            ("application/json", true),
            (response.Content.Headers.ContentType?.MediaType, response.Headers.CacheControl?.NoStore));
    }

    [Fact]
    public async Task An_endpoint_that_does_not_exist_is_a_503_with_the_reason()
    {
        await using var app = await StartAsync(checks: checks => checks.AddDatabricksEndpoint("no-such-endpoint"));

        var (status, json) = await app.GetAsync("/health");

        Assert.Equal(
            (503, "The endpoint does not exist, or clients may not use it."), (status, (string?)json["checks"]![0]!["reason"]));
    }

    [Fact]
    public async Task A_workspace_that_cannot_be_reached_is_a_503_without_its_host()
    {
        await using var app = await StartAsync(serving: options => options.Host = new Uri("http://127.0.0.1:1"));

        var (status, json) = await app.GetAsync("/health");

        Assert.Equal((503, "The model could not be called."), (status, (string?)json["checks"]![0]!["reason"]));
        Assert.DoesNotContain("127.0.0.1", json.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_degraded_endpoint_is_a_200_with_the_reason()
    {
        await using var app = await StartAsync(
            checks: checks => checks.AddDatabricksEndpoint("churn-v1", options => options.ScaledToZeroIsHealthy = false));
        app.Emulator.Endpoint("churn-v1").ScalesToZero();

        var (status, json) = await app.GetAsync("/health");

        Assert.Equal(
            (200, """{"status":"degraded","checks":[{"name":"churn-v1","status":"degraded","reason":"The endpoint is ready, but it is scaled to zero."}]}"""),
            (status, json.ToJsonString()));
    }

    [Fact]
    public async Task Health_checks_of_other_libraries_have_their_status_and_no_text()
    {
        await using var app = await StartAsync(checks: checks => checks
            .AddCheck("database", () => HealthCheckResult.Unhealthy("connection string"))
            .AddCheck("queue", () => throw new InvalidOperationException("connection string")));

        var (status, json) = await app.GetAsync("/health");

        Assert.Equal(
            (503, """{"status":"unhealthy","checks":[{"name":"database","status":"unhealthy"},{"name":"queue","status":"unhealthy","reason":"The health check failed."}]}"""),
            (status, json.ToJsonString()));
    }

    [Fact]
    public async Task Details_are_included_if_the_app_allows_it()
    {
        await using var app = await StartAsync(options => options.IncludeDetails = true);
        States["failed"](app.Emulator.Endpoint("churn-v1"));

        var check = (await app.GetAsync("/health")).Json["checks"]![0]!;

        Assert.Contains("out of memory on host adb-1", (string?)check["description"], StringComparison.Ordinal);
        Assert.Equal("UPDATE_FAILED", (string?)check["data"]!["config_update"]);
    }

    [Fact]
    public async Task The_app_selects_health_checks()
    {
        await using var app = await StartAsync(
            options => options.Predicate = check => check.Tags.Contains("models"),
            checks => checks.AddDatabricksEndpoint("churn-v1", tags: ["models"]).AddCheck("database", () => HealthCheckResult.Unhealthy()));

        var (status, json) = await app.GetAsync("/health");

        Assert.Equal((200, "churn-v1"), (status, (string?)json["checks"]!.AsArray().Single()!["name"]));
    }

    [Fact]
    public async Task Callers_do_not_determine_the_load_of_the_workspace()
    {
        var clock = new FakeTimeProvider();
        await using var app = await StartAsync(clock: clock);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.GetAsync("/health")));
        Assert.Single(app.Emulator.Requests);

        clock.Advance(TimeSpan.FromSeconds(5));
        await app.GetAsync("/health");
        Assert.Equal(2, app.Emulator.Requests.Count);
    }

    [Theory, InlineData("?name=churn-v1"), InlineData("?pattern=%00%0d%0a")]
    public async Task A_query_has_no_effect(string query)
    {
        await using var app = await StartAsync();

        Assert.Equal(200, (await app.GetAsync("/health" + query)).Status);
    }

    [Fact]
    public async Task A_caller_that_leaves_does_not_affect_the_others()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isCanceled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = 0;
        await using var app = await StartAsync(checks: checks => checks.AddAsyncCheck("slow", async cancellationToken =>
        {
            if (Interlocked.Increment(ref calls) > 1)
            {
                return HealthCheckResult.Healthy();
            }

            entered.SetResult();
            using var registration = cancellationToken.Register(() => isCanceled.TrySetResult());
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return HealthCheckResult.Unhealthy();
        }));
        using var leaving = new CancellationTokenSource();
        var first = app.Http.GetAsync(new Uri("/health", UriKind.Relative), leaving.Token);
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var second = app.GetAsync("/health");
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await isCanceled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(200, (await second).Status);
    }

    [Fact]
    public async Task An_app_without_health_checks_cannot_add_the_route()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        Assert.Contains(
            "AddHealthChecks().AddDatabricksEndpoint",
            Assert.Throws<InvalidOperationException>(() => app.MapDatabricksHealth("/health")).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(0), InlineData(-1)]
    public async Task An_invalid_lifetime_is_rejected(int seconds)
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        Assert.Contains(
            "DatabricksHealthRouteOptions.TimeToLive ",
            Assert.Throws<ArgumentException>(() => app.MapDatabricksHealth(
                "/health", options => options.TimeToLive = TimeSpan.FromSeconds(seconds))).Message,
            StringComparison.Ordinal);
    }
}
