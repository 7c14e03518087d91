using System.Net;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.Waiting;

/// <summary>How waits end without a ready endpoint.</summary>
public sealed class WaitFailureTests : EndpointWait
{
    [Theory]
    [InlineData("UPDATE_FAILED", "its update failed")]
    [InlineData("UPDATE_CANCELED", "its update was canceled")]
    public async Task A_failed_update_names_each_served_entity_with_theServices_reason(string update, string words)
    {
        Service.Answers(
            $$"""
            {"name":"churn","state":{"ready":"READY","config_update":"{{update}}" },
             "config":{"served_entities":[{"name":"champion","state":{"deployment":"DEPLOYMENT_READY"} }]},
             "pending_config":{"served_entities":[
               {"name":"champion","state":{"deployment":"DEPLOYMENT_READY"} },
               {"name":"challenger","state":{"deployment":"DEPLOYMENT_FAILED","deployment_state_message":"No module named 'xgboost'"} },
               {"name":"third","state":{"deployment":"DEPLOYMENT_ABORTED"} }]} }
            """);

        var exception = await Fails();

        Assert.Equal(
            $"Waiting for endpoint 'churn' failed: {words} (READY, {update}). Served entity 'challenger' is DEPLOYMENT_FAILED: \"No " +
            $"module named " +
            "'xgboost'\". Served entity 'third' is DEPLOYMENT_ABORTED. The previous configuration still serves. " +
            "Monitoring.GetBuildLogsAsync(\"churn\", \"challenger\") and GetServerLogsAsync have details.",
            exception.Message);
        Assert.Equal(("churn", false), (exception.EndpointName, exception.IsTransient));
    }

    [Fact]
    public async Task A_failed_first_deployment_is_a_failure_also_without_the_word()
    {
        Service.Answers(
            """
            {"name":"churn","state":{"ready":"NOT_READY","config_update":"NOT_UPDATING"},
             "config":{"served_entities":[{"name":"champion","state":{"deployment":"DEPLOYMENT_FAILED","deployment_state_message":"Out of memory"}}]}}
            """);

        Assert.StartsWith(
            "Waiting for endpoint 'churn' failed: its deployment failed (NOT_READY, NOT_UPDATING). Served entity 'champion' is " +
            "DEPLOYMENT_FAILED: \"Out of memory\".",
            (await Fails()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_of_which_nothing_is_said_points_to_the_endpoints_page()
    {
        Service.Answers("""{"name":"churn","state":{"ready":"NOT_READY","config_update":"UPDATE_FAILED"}}""");

        Assert.Equal(
            "Waiting for endpoint 'churn' failed: its update failed (NOT_READY, UPDATE_FAILED). The events on the endpoint's page have " +
            "details.",
            (await Fails()).Message);
    }

    [Fact]
    public async Task A_stopped_endpoint_is_not_waited_for_for_long()
    {
        for (var i = 0; i < 20; i++)
        {
            Service.Answers(Idle);
        }

        var exception = await Fails();

        Assert.Equal(
            "Waiting for endpoint 'churn' failed: it is not ready, and nothing has been under way for 00:01:00 (NOT_READY, " +
            "NOT_UPDATING). It may be stopped: StartAsync starts it, and UpdateConfigAsync deploys it again.",
            exception.Message);
        Assert.Equal(12, Service.Sent.Count);
    }

    [Fact]
    public async Task A_wait_ends_at_its_deadline_with_what_was_seen_last()
    {
        for (var i = 0; i < 5; i++)
        {
            Service.Answers(Creating);
        }

        var start = Clock.GetUtcNow();
        var exception = await Fails(new() { Timeout = TimeSpan.FromSeconds(8) });

        Assert.Equal(
            "Waiting for endpoint 'churn' failed: it was not ready within 00:00:08. The last state: 00:00:08 churn NOT_READY, " +
            "IN_PROGRESS; challenger: " +
            "DEPLOYMENT_CREATING, Creating resources. Wait again, because the deployment continues, or raise EndpointWaitOptions.Timeout.",
            exception.Message);
        Assert.IsType<TimeoutException>(exception.InnerException);
        Assert.True(exception.IsTransient);
        Assert.Equal((TimeSpan.FromSeconds(8), 5), (Clock.GetUtcNow() - start, Service.Sent.Count));
    }

    [Fact]
    public async Task Looks_that_keep_failing_end_the_wait()
    {
        Service.Answers(Updating);
        for (var i = 0; i < 5; i++)
        {
            Service.Answers("", HttpStatusCode.BadGateway);
        }

        Assert.StartsWith("Getting endpoint 'churn' failed: 502", (await Fails()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    public async Task A_look_that_fails_for_good_ends_the_wait(int status)
    {
        Service.Answers(Updating).Answers("", (HttpStatusCode)status);

        Assert.Equal((HttpStatusCode)status, (await Fails()).StatusCode);
    }

    [Fact]
    public async Task A_first_look_that_fails_ends_the_wait()
    {
        Service.Answers("", HttpStatusCode.ServiceUnavailable);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Fails()).StatusCode);
    }

    [Fact]
    public async Task A_canceled_wait_is_canceled()
    {
        using var stop = new CancellationTokenSource();
        Service.Answers(Updating);
        var waiting = Endpoints.WaitUntilReadyAsync("churn", cancellationToken: stop.Token);
        await Clock.TimerWithin(TimeSpan.FromSeconds(2));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private Task<DatabricksServingException> Fails(EndpointWaitOptions? options = null) =>
        Assert.ThrowsAsync<DatabricksServingException>(() => Wait(options));
}
