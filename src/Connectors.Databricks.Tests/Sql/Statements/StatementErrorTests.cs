using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Sql.Statements;

public class StatementErrorTests
{
    [Fact]
    public async Task A_failed_statement_is_an_exception_with_its_code_and_state()
    {
        const string Failed =
            """
            {"statement_id":"01ef-1","status":{"state":"FAILED","sql_state":"42P01","error":{"error_code":"BAD_REQUEST",
             "message":"[TABLE_OR_VIEW_NOT_FOUND] The table or view `main`.`t` cannot be found."}}}
            """;

        var failure = await Warehouse.Fails(() => new VerbatimService().Answers(Failed).Sql().ExecuteAsync("SELECT * FROM main.t"));

        Assert.Equal(
            "SQL statement '01ef-1' failed: the statement failed, BAD_REQUEST: \"[TABLE_OR_VIEW_NOT_FOUND] The table or view `main`.`t` " +
            "cannot be found.\" Check the statement, its parameters, and the names of its tables.",
            failure.Message);
        Assert.Equal(
            (DatabricksServingErrorKind.StatementFailed, "BAD_REQUEST", "42P01", "01ef-1", HttpStatusCode.OK, false),
            (failure.Kind, failure.ErrorCode, failure.SqlState, failure.StatementId, failure.StatusCode, failure.IsTransient));
        Assert.Equal("[TABLE_OR_VIEW_NOT_FOUND] The table or view `main`.`t` cannot be found.", failure.ServiceMessage);
    }

    [Theory]
    [InlineData("FAILED", "TEMPORARILY_UNAVAILABLE", "statement_failed", true)]
    [InlineData("FAILED", "RESOURCE_EXHAUSTED", "statement_failed", true)]
    [InlineData("FAILED", "UNAUTHENTICATED", "statement_failed", false)]
    [InlineData("CANCELED", null, "statement_canceled", false)]
    [InlineData("CLOSED", null, "statement_not_found", false)]
    [InlineData("PAUSED", null, "invalid_response", false)]
    public async Task Each_end_of_a_statement_has_its_kind(string state, string? code, string kind, bool isTransient)
    {
        var error = code is null ? "" : $$""","error":{"error_code":"{{code}}","message":"no"}""";
        var service = new VerbatimService().Answers($$$"""{"statement_id":"01ef-1","status":{"state":"{{{state}}}"{{{error}}}}}""");

        var failure = await Warehouse.Fails(() => service.Sql().ExecuteAsync("SELECT 1"));

        Assert.Equal((kind, isTransient, "01ef-1"), (failure.Kind.Value, failure.IsTransient, failure.StatementId));
    }

    [Theory]
    [InlineData(404, "RESOURCE_DOES_NOT_EXIST", "warehouse_not_found", "Check the warehouse id")]
    [InlineData(403, "PERMISSION_DENIED", "permission_denied", "Ask for CAN_USE on the SQL warehouse")]
    [InlineData(400, "INVALID_PARAMETER_VALUE", "invalid_request", "Check the statement, its parameters")]
    [InlineData(429, "REQUEST_LIMIT_EXCEEDED", "rate_limited", "run fewer statements at once")]
    public async Task A_rejected_request_has_its_kind_and_a_hint(int status, string code, string kind, string hint)
    {
        var service = new VerbatimService().Answers($$"""{"error_code":"{{code}}","message":"no"}""", (HttpStatusCode)status);

        var failure = await Warehouse.Fails(() => service.Sql().ExecuteAsync("SELECT 1"));

        Assert.Equal((kind, (string?)null), (failure.Kind.Value, failure.StatementId));
        Assert.Contains(hint, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_while_polling_has_the_id_of_the_statement()
    {
        var service = new VerbatimService().Answers("""{"error_code":"NOT_FOUND","message":"gone"}""", HttpStatusCode.NotFound);

        var failure = await Warehouse.Fails(() => service.Sql().WaitAsync("01ef-1"));

        Assert.Equal((DatabricksServingErrorKind.StatementNotFound, "01ef-1"), (failure.Kind, failure.StatementId));
        Assert.Equal(
            "Polling SQL statement '01ef-1' failed: 404 Not Found, NOT_FOUND: \"gone\". The service keeps a statement and its result for " +
            "about an hour: run it again.",
            failure.Message);
    }

    [Fact]
    public async Task No_message_and_no_log_entry_has_a_value_of_a_parameter()
    {
        const string Secret = "a patient named Ada";
        var log = new FakeLoggerFactory();
        var service = new VerbatimService().Throws(new HttpRequestException("reset"));

        var failure = await Warehouse.Fails(() => service.Sql(configure: options => options.LoggerFactory = log)
            .ExecuteAsync("SELECT :name", [SqlParameter.Create("name", Secret)]));

        Assert.DoesNotContain("Ada", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", string.Join('\n', log.Collector.GetSnapshot().Select(entry => entry.ToString())),
            StringComparison.Ordinal);
        Assert.Equal(":name", SqlParameter.Create("name", Secret).ToString());
    }
}
