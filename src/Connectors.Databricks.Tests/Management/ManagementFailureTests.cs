using System.Net;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management;

/// <summary>How management calls fail, and which of them are sent again.</summary>
public class ManagementFailureTests
{
    private static readonly EndpointDefinition New = new("churn");
    private static readonly EndpointConfig Config = new() { ServedEntities = [ServedEntity.Model("main.ml.churn", "7")] };

    [Theory]
    [InlineData(400, "INVALID_PARAMETER_VALUE",
        "Compare the request with the service's message; a member that the service rejects may come from AdditionalProperties.")]
    [InlineData(401, "UNAUTHENTICATED", "Check the token: it may be wrong, expired, revoked, or of another workspace.")]
    [InlineData(403, "PERMISSION_DENIED", "Ask for CAN_MANAGE on the endpoint, and check that the credential has the scope model-serving.")]
    [InlineData(404, "RESOURCE_DOES_NOT_EXIST",
        "Check the name against ListAsync: the endpoint may have been deleted, or be in another workspace.")]
    [InlineData(404, "ENDPOINT_NOT_FOUND", "Check that Host is a Databricks workspace that offers Model Serving.")]
    [InlineData(409, "RESOURCE_CONFLICT", "Another update is in progress: WaitUntilReadyAsync waits until it ends.")]
    [InlineData(409, "RESOURCE_ALREADY_EXISTS", "Use another name, or CreateIfNotExistsAsync, which returns the existing endpoint.")]
    [InlineData(429, "REQUEST_LIMIT_EXCEEDED", "Wait, and send fewer requests: the management API has a rate limit of its own.")]
    [InlineData(500, "INTERNAL_ERROR", "Try again; if it stays, give the request id to Databricks support.")]
    [InlineData(503, "TEMPORARILY_UNAVAILABLE", "Try again.")]
    public async Task A_failure_says_what_was_done_what_came_back_and_what_to_try(int status, string code, string advice)
    {
        var exception = await Managing.Fails(
            new VerbatimService().Answers($$"""{"error_code":"{{code}}","message":"Sorry."}""", (HttpStatusCode)status),
            endpoints => endpoints.UpdateConfigAsync("churn", Config));

        Assert.Matches(
            $"^Updating the configuration of endpoint 'churn' failed: {status} [A-Za-z ]+, {code}: \"Sorry\\.\" " +
            $"{System.Text.RegularExpressions.Regex.Escape(advice)}$",
            exception.Message);
        Assert.Equal(("churn", code, (HttpStatusCode)status), (exception.EndpointName, exception.ErrorCode, exception.StatusCode));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"endpoint":{"name":"churn"}}""")]
    public async Task An_endpoint_without_a_name_is_refused(string body)
    {
        var got = await Managing.Fails(new VerbatimService().Answers(body), endpoints => endpoints.GetAsync("churn"));
        var found = await Managing.Fails(new VerbatimService().Answers(body), endpoints => endpoints.FindAsync("churn"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (got.StatusCode, found.StatusCode));
        Assert.StartsWith("Getting endpoint 'churn' failed: ", got.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_that_is_of_no_endpoint_names_none()
    {
        var exception = await Managing.Fails(
            new VerbatimService().Answers("""{"error_code":"PERMISSION_DENIED","message":"No."}""", HttpStatusCode.Forbidden),
            endpoints => endpoints.ListAsync());

        Assert.Equal(
            "Listing the endpoints failed: 403 Forbidden, PERMISSION_DENIED: \"No.\" Ask for CAN_VIEW on the endpoint, and check that " +
            "the credential has the scope model-serving.",
            exception.Message);
        Assert.Null(exception.EndpointName);
    }

    public enum Verb
    {
        Get,
        Tags,
        RateLimits,
        Create,
        Update,
        Delete,
        Stop,
        Telemetry,
    }

    [Theory]
    [InlineData(Verb.Get, "408 429 500 502 503 504 lost")]
    [InlineData(Verb.Tags, "408 429 500 502 503 504 lost")]
    [InlineData(Verb.RateLimits, "408 429 500 502 503 504 lost")]
    [InlineData(Verb.Create, "408 429 503")]
    [InlineData(Verb.Update, "408 429 503")]
    [InlineData(Verb.Delete, "408 429 503")]
    [InlineData(Verb.Stop, "408 429 503")]
    [InlineData(Verb.Telemetry, "408 429 503")]
    public async Task Only_what_may_be_said_twice_is_sent_again(Verb verb, string failures)
    {
        var sentAgain = new List<string>();
        foreach (var failure in new[] { "400", "404", "408", "409", "429", "500", "501", "502", "503", "504", "lost" })
        {
            var service = new VerbatimService();
            _ = failure == "lost"
                ? service.Throws(new HttpRequestException(HttpRequestError.ResponseEnded, "Reset."))
                : service.Answers("", (HttpStatusCode)int.Parse(failure, System.Globalization.CultureInfo.InvariantCulture));
            service.Answers("{}");
            await Record.ExceptionAsync(() => Do(verb, service.Client(AtOnce).GetManagementClient()));
            if (service.Sent.Count == 2)
            {
                sentAgain.Add(failure);
            }
        }

        Assert.Equal(failures, string.Join(' ', sentAgain));
    }

    [Fact]
    public async Task Every_call_is_sent_again_when_there_was_no_connection()
    {
        foreach (var verb in Enum.GetValues<Verb>())
        {
            var service = new VerbatimService().Throws(new HttpRequestException(HttpRequestError.ConnectionError, "Refused."))
                .Answers("""{"name":"churn"}""");

            await Do(verb, service.Client(AtOnce).GetManagementClient());

            Assert.Equal(2, service.Sent.Count);
            Assert.Equal(service.Sent[0].Body, service.Sent[1].Body);
        }
    }

    [Theory]
    [InlineData(Verb.Get, "Try again.")]
    [InlineData(
        Verb.Create, "It was not retried, because the first attempt may have been processed: check the endpoint before you try " +
        "again.")]
    public async Task A_call_without_an_answer_says_what_may_have_become_of_it(Verb verb, string advice)
    {
        var exception = await Managing.Fails(
            new VerbatimService().Throws(new HttpRequestException(HttpRequestError.ResponseEnded, "Reset.")), endpoints =>
                Do(verb, endpoints));

        Assert.EndsWith($"broke before a response arrived (ResponseEnded: Reset.). {advice}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_token_is_renewed_once()
    {
        var service = new VerbatimService().Answers("{}", HttpStatusCode.Unauthorized).Answers(Managing.Ready);
        var credential = new CountingCredential("one", "two");

        await service.Client(options => options.Credential = credential).GetManagementClient().GetAsync("churn");

        Assert.Equal(2, service.Sent.Count);
        Assert.NotEqual(service.Sent[0].Headers["Authorization"], service.Sent[1].Headers["Authorization"]);
    }

    [Fact]
    public async Task A_call_has_the_options_time()
    {
        var clock = new FakeClock();
        var sending = Managing.Fails(
            new VerbatimService().NeverAnswers(), endpoints => endpoints.CreateAsync(New), options =>
                (options.TimeProvider, options.Resilience.TotalRequestTimeout) = (clock, new() { Timeout = TimeSpan.FromMinutes(1) }));
        await clock.TimerWithin(TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromMinutes(1));

        var exception = await sending;

        Assert.Equal(
            "Creating endpoint 'churn' failed: no complete response within 00:01:00. It may have been processed: check the endpoint " +
            "before you try again, and raise Resilience.TotalRequestTimeout if responses take longer.",
            exception.Message);
        Assert.IsType<TimeoutException>(exception.InnerException);
    }

    [Fact]
    public async Task A_canceled_call_is_canceled()
    {
        using var stop = new CancellationTokenSource();
        var sending = new VerbatimService().NeverAnswers().Client().GetManagementClient().GetAsync("churn", stop.Token);

        await stop.CancelAsync();

        Assert.Equal(stop.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending)).CancellationToken);
    }

    [Fact]
    public async Task A_log_says_what_was_done()
    {
        using var log = new FakeLoggerFactory();
        var service = new VerbatimService().Answers("", HttpStatusCode.BadGateway).Answers(Managing.Ready);

        await service.Client(options =>
        {
            AtOnce(options);
            options.LoggerFactory = log;
        }).GetManagementClient().GetAsync("churn");

        Assert.Equal(["Warning: Getting endpoint 'churn' will be retried in 00:00:00 (retry 1 of 2): 502"], log.Collector.Shown());
    }

    [Theory]
    [InlineData("metrics", "text/plain")]
    [InlineData("openapi", "text/plain")]
    [InlineData("", "application/json")]
    public async Task Text_is_asked_for_where_text_comes(string route, string accept)
    {
        var service = new VerbatimService().Answers("""{"name":"churn"}""");
        var serving = service.Client();

        await (route switch
        {
            "metrics" => serving.GetManagementClient().Monitoring.GetMetricsTextAsync("churn"),
            "openapi" => serving.Directory.GetOpenApiAsync("churn"),
            _ => (Task)serving.GetManagementClient().GetAsync("churn"),
        });

        Assert.Equal(accept, service.Sent[0].Headers["Accept"]);
    }

    private static Task Do(Verb verb, DatabricksManagementClient endpoints) => verb switch
    {
        Verb.Get => endpoints.GetAsync("churn"),
        Verb.Tags => endpoints.UpdateTagsAsync("churn", [new("a")]),
        Verb.RateLimits => endpoints.UpdateRateLimitsAsync("churn", []),
        Verb.Create => endpoints.CreateAsync(New),
        Verb.Update => endpoints.UpdateConfigAsync("churn", Config),
        Verb.Delete => endpoints.DeleteAsync("churn"),
        Verb.Stop => endpoints.StopAsync("churn"),
        _ => endpoints.UpdateTelemetryAsync("churn", null),
    };

    private static void AtOnce(DatabricksServingOptions options) => options.RetriesAtOnce(2);
}
