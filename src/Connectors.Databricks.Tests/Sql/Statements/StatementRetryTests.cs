using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Sql.Statements;

/// <summary>A statement is never run twice; everything that only reads is retried.</summary>
public class StatementRetryTests
{
    private const string Overloaded = """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"later"}""";

    private static readonly Action<DatabricksServingOptions> Retries = options => options.Resilience.Retry =
        new() { MaxRetryAttempts = 2, Delay = TimeSpan.Zero };

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task A_statement_that_may_have_started_is_not_submitted_again(HttpStatusCode status)
    {
        var service = new VerbatimService().Answers(Overloaded, status);

        var failure = await Warehouse.Fails(() => service.Sql(configure: Retries).ExecuteAsync("SELECT 1"));

        Assert.True(failure.IsTransient);
        Assert.Single(service.Sent);
        Assert.Contains("The statement may have started", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("upstream connect error or disconnect/reset before headers. reset reason: connection termination")]
    [InlineData("<html><title>503 Service Unavailable</title></html>")]
    public async Task A_503_of_a_proxy_may_follow_a_statement_that_has_started(string body)
    {
        var service = new VerbatimService().Answers(body, HttpStatusCode.ServiceUnavailable);

        var failure = await Warehouse.Fails(() => service.Sql(configure: Retries).ExecuteAsync("SELECT 1"));

        Assert.Single(service.Sent);
        Assert.Contains("check the query history of the warehouse before you run it again", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_503_with_a_Retry_After_was_not_processed()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.ServiceUnavailable, headers: ("Retry-After", "0"))
            .Answers(Warehouse.Succeeded);

        await service.Sql(configure: Retries).ExecuteAsync("SELECT 1");

        Assert.Equal(2, service.Sent.Count);
    }

    [Fact]
    public async Task A_lost_response_is_reported_with_what_to_check()
    {
        var service = new VerbatimService().Throws(new HttpRequestException(HttpRequestError.ResponseEnded, "reset"));

        var failure = await Warehouse.Fails(() => service.Sql(configure: Retries).ExecuteAsync("SELECT 1"));

        Assert.Single(service.Sent);
        Assert.EndsWith(
            "It was not retried, because the first attempt may have been processed: check the query history of the warehouse before you " +
            "try again.",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_response_to_a_statement_is_not_a_second_statement()
    {
        var service = new VerbatimService().Answers(HttpStatusCode.OK, new BrokenContent(new IOException("reset")));

        await Warehouse.Fails(() => service.Sql(configure: Retries).ExecuteAsync("SELECT 1"));

        Assert.Single(service.Sent);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task A_statement_that_was_rejected_before_it_started_is_submitted_again(HttpStatusCode status)
    {
        var service = new VerbatimService().Answers(Overloaded, status).Answers(Warehouse.Succeeded);

        await service.Sql(configure: Retries).ExecuteAsync("SELECT 1");

        Assert.Equal(2, service.Sent.Count);
    }

    [Fact]
    public async Task A_poll_a_chunk_and_a_cancellation_are_retried()
    {
        var service = new VerbatimService().Answers(Overloaded, HttpStatusCode.BadGateway).Answers(Warehouse.Succeeded)
            .Answers(Overloaded, HttpStatusCode.InternalServerError).Answers("{}");
        var sql = service.Sql(configure: Retries);

        await sql.WaitAsync("01ef-1");
        await sql.CancelAsync("01ef-1");

        Assert.Equal(4, service.Sent.Count);
    }

    [Fact]
    public async Task A_failed_statement_is_not_run_again()
    {
        var service = new VerbatimService().Answers(
            """{"statement_id":"01ef-1","status":{"state":"FAILED","error":{"error_code":"TEMPORARILY_UNAVAILABLE","message":"later"}}}""");

        var failure = await Warehouse.Fails(() => service.Sql(configure: Retries).ExecuteAsync("SELECT 1"));

        Assert.True(failure.IsTransient);
        Assert.Single(service.Sent);
    }
}
