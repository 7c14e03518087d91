using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Agents.LongRunningWire;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>Runs that fail, responses that are lost, and what the exceptions report.</summary>
public class AgentFailureTests
{
    [Theory]
    [InlineData("""{"type":"error","error":{"message":"Too slow.","type":"server_error","code":"task_timeout"}}""")]
    [InlineData("""{"error":{"message":"Too slow.","type":"server_error","code":"task_timeout"}}""")]
    public async Task An_error_is_a_failed_run_with_and_without_a_type(string error)
    {
        var service = new VerbatimService().Streams($"{Delta(0, "Hel")}data: {error}\n\n");

        var exception = await Failure.OfStream(Client(service), AgentWorkspace.Background());

        Assert.Equal(
            (DatabricksServingErrorKind.AgentRunFailed, "task_timeout", "Too slow.", false),
            (exception.Kind, exception.ErrorCode, exception.ServiceMessage, exception.IsTransient));
        Assert.Contains("time limit", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_run_without_an_error_is_reported()
    {
        var service = Started().Answers("""{"id":"resp_1","status":"failed","attempt_number":2}""");

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => PollAsync(service));

        Assert.Equal(DatabricksServingErrorKind.AgentRunFailed, exception.Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failed_run_in_the_foreground_has_the_detail_of_the_server(bool isStream)
    {
        var service = new VerbatimService().Answers("""{"detail":"No such table."}""", HttpStatusCode.InternalServerError);
        var agent = Client(service);

        var exception = await (isStream ? Failure.OfStream(agent) : Failure.Of(agent));

        Assert.Equal(
            (DatabricksServingErrorKind.AgentRunFailed, HttpStatusCode.InternalServerError, "No such table.", false),
            (exception.Kind, exception.StatusCode, exception.ServiceMessage, exception.IsTransient));
        Assert.Contains("tools of the agent may have acted", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreground_stream_that_the_proxy_cuts_points_to_background_responses()
    {
        var service = new VerbatimService().Streams(Numbered(0, """{"type":"response.output_text.delta","item_id":"m1","delta":"Hel"}"""));

        var exception = await Failure.OfStream(Client(service));

        Assert.Contains("ends requests after 120 seconds", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ChatOptions.AllowBackgroundResponses", exception.Message, StringComparison.Ordinal);
        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task A_start_in_the_background_that_the_proxy_cuts_does_not_point_to_background_responses()
    {
        var service = new VerbatimService().Answers("upstream request timeout", HttpStatusCode.GatewayTimeout, "text/plain");

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Client(service).GetResponseAsync(Some.Question(), AgentWorkspace.Background()));

        Assert.Equal(DatabricksServingErrorKind.Timeout, exception.Kind);
        Assert.Contains("The run may have started, and then goes on", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AllowBackgroundResponses", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_without_an_agent_is_reported_after_both_protocols()
    {
        const string NotFound = """{"detail":"Not Found"}""";
        var service = new VerbatimService().Answers(NotFound, HttpStatusCode.NotFound).Answers(NotFound, HttpStatusCode.NotFound);

        var exception = await Failure.Of(Client(service));

        Assert.Equal(["/responses", "/api/invocations"], service.Sent.Select(request => request.Uri.AbsolutePath));
        Assert.Equal(DatabricksServingErrorKind.EndpointNotFound, exception.Kind);
        Assert.Contains("serves neither /responses nor /api/invocations", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_whose_response_is_lost_is_not_repeated_and_the_error_says_that_the_run_may_go_on()
    {
        var lost = new VerbatimService().Throws(new HttpRequestException(HttpRequestError.ResponseEnded, "lost"));
        var cut = new VerbatimService().Streams("");
        DatabricksServingException[] exceptions =
        [
            await Assert.ThrowsAsync<DatabricksServingException>(
                () => Client(lost, WithRetries).GetResponseAsync(Some.Question(), AgentWorkspace.Background())),
            await Failure.OfStream(Client(cut, WithRetries), AgentWorkspace.Background()),
        ];

        Assert.All(exceptions, exception =>
        {
            Assert.Contains("The run may have started, and then goes on", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("AllowBackgroundResponses", exception.Message, StringComparison.Ordinal);
        });
        Assert.Equal((1, 1), (lost.Sent.Count, cut.Sent.Count));

        static void WithRetries(DatabricksServingOptions options) =>
            options.Resilience.Retry = new() { MaxRetryAttempts = 3, Delay = TimeSpan.Zero };
    }

    [Fact]
    public async Task A_canceled_poll_reports_that_its_run_goes_on()
    {
        var agent = Client(Started().NeverAnswers());
        var started = await agent.GetResponseAsync(Some.Question(), AgentWorkspace.Background());
        using var canceling = new CancellationTokenSource();
        var polling = agent.GetResponseAsync([], AgentWorkspace.Background(started.ContinuationToken), canceling.Token);

        await canceling.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);

        Assert.Equal(canceling.Token, exception.CancellationToken);
        Assert.Contains($"run '{RunId}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("The run goes on", exception.Message, StringComparison.Ordinal);
    }
}
