using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Sql;

public class SqlStatementClientTests
{
    private static readonly Action<SqlStatementOptions>[] Invalid =
    [
        options => options.WaitTimeout = TimeSpan.FromSeconds(4),
        options => options.WaitTimeout = TimeSpan.FromSeconds(51),
        options => options.MinPollInterval = TimeSpan.Zero,
        options => options.MaxPollInterval = TimeSpan.FromMilliseconds(1),
        options => options.RowLimit = 0,
        options => options.QueryTags = Enumerable.Range(0, 21).ToDictionary(number => $"tag{number}", _ => "a"),
    ];

    [Fact]
    public async Task A_statement_is_sent_with_its_parameters_and_its_rows_are_read()
    {
        var service = new VerbatimService().Answers(Warehouse.Succeeded);

        var result = await service.Sql().ExecuteAsync(
            "SELECT id, name FROM t WHERE id < :limit AND name <> :name", [SqlParameter.Create("limit", 10),
                SqlParameter.Create("name", (string?)null)]);

        Managing.AssertSent(
            "POST /api/2.0/sql/statements",
            """
            {"warehouse_id":"abc123","statement":"SELECT id, name FROM t WHERE id < :limit AND name <> :name","wait_timeout":"0s",
             "on_wait_timeout":"CONTINUE","disposition":"INLINE","format":"JSON_ARRAY",
             "parameters":[{"name":"limit","value":"10","type":"BIGINT"},{"name":"name","type":"STRING"}]}
            """,
            Assert.Single(service.Sent));
        Assert.Equal(("01ef-1", 2L, false), (result.StatementId, result.TotalRowCount, result.IsTruncated));
        Assert.Equal(["id INT", "name STRING"], result.Columns.Select(column => column.ToString()));
        Assert.Equal(["1|a", "2|NULL"], await result.ReadRowsAsync().Texts());
    }

    [Fact]
    public async Task Every_option_is_sent()
    {
        var service = new VerbatimService().Answers(Warehouse.Succeeded);
        var options = new SqlStatementOptions
        {
            Catalog = "main",
            Schema = "src",
            WaitTimeout = TimeSpan.FromSeconds(30),
            UseExternalLinks = true,
            RowLimit = 5,
            QueryTags = new Dictionary<string, string> { ["team"] = "ml" },
        };

        await service.Sql(options).ExecuteAsync("SELECT 1");

        JsonText.AssertEqual(
            """
            {"warehouse_id":"abc123","statement":"SELECT 1","wait_timeout":"30s","on_wait_timeout":"CONTINUE",
             "disposition":"EXTERNAL_LINKS","format":"JSON_ARRAY","catalog":"main","schema":"src","row_limit":5,
             "query_tags":[{"key":"team","value":"ml"}]}
            """,
            Assert.Single(service.Sent).Body);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void An_invalid_option_is_rejected(int index)
    {
        var options = new SqlStatementOptions();
        Invalid[index](options);

        Assert.ThrowsAny<ArgumentException>(() => new VerbatimService().Sql(options));
    }

    [Fact]
    public async Task Invalid_arguments_are_rejected_before_a_request()
    {
        var service = new VerbatimService();
        var sql = service.Sql();

        Assert.Throws<ArgumentException>("warehouseId", () => service.Client().GetSqlStatementClient(" "));
        await Assert.ThrowsAsync<ArgumentException>("statement", () => sql.ExecuteAsync(""));
        await Assert.ThrowsAsync<ArgumentException>(
            "parameters", () => sql.ExecuteAsync("SELECT :a", [SqlParameter.Create("a", "1"), SqlParameter.Create("A", "2")]));
        Assert.Throws<ArgumentException>("statement", () => sql.QueryAsync(" "));
        await Assert.ThrowsAsync<ArgumentException>("statementId", () => sql.WaitAsync(".."));
        await Assert.ThrowsAsync<ArgumentException>("statementId", () => sql.CancelAsync(""));
        Assert.Empty(service.Sent);
    }

    [Fact]
    public async Task A_running_statement_is_polled_with_growing_delays()
    {
        var clock = new FakeClock();
        var service = new VerbatimService().Answers(Warehouse.Pending).Answers(Warehouse.Running).Answers(Warehouse.Running)
            .Answers(Warehouse.Succeeded);
        var options = new SqlStatementOptions { MinPollInterval = TimeSpan.FromSeconds(1), MaxPollInterval = TimeSpan.FromSeconds(3) };
        var started = clock.GetUtcNow();

        await Managing.Elapse(clock, service.Sql(options, configure => configure.TimeProvider = clock).ExecuteAsync("SELECT 1"));

        Assert.Equal(
            ["POST /api/2.0/sql/statements", .. Enumerable.Repeat("GET /api/2.0/sql/statements/01ef-1", 3)],
            service.Sent.Select(sent => $"{sent.Method} {sent.Uri.PathAndQuery}"));

        // 1, 2 and 3 seconds, each with up to a tenth of jitter.
        Assert.InRange((clock.GetUtcNow() - started).TotalSeconds, 5.4, 6.8);
    }

    [Fact]
    public async Task Chunks_are_read_as_the_rows_are_enumerated()
    {
        const string First =
            """
            {"statement_id":"01ef-1","status":{"state":"SUCCEEDED"},
             "manifest":{"schema":{"columns":[{"name":"n","type_name":"INT"}]},"total_row_count":3},
             "result":{"chunk_index":0,"data_array":[["1"],["2"]],"next_chunk_index":1,
               "next_chunk_internal_link":"/api/2.0/sql/statements/01ef-1/result/chunks/1?row_offset=2"}}
            """;
        var service = new VerbatimService().Answers(First).Answers("""{"chunk_index":1,"row_offset":2,"data_array":[["3"]]}""");

        Assert.Equal(["1", "2", "3"], await service.Sql().QueryAsync("SELECT n FROM t").Texts());

        Managing.AssertSent("GET /api/2.0/sql/statements/01ef-1/result/chunks/1", request: null, service.Sent[1]);
    }

    [Theory]
    [InlineData("""[["1"]]""", "the service reported 2 rows and returned 1")]
    [InlineData("""[["1","x"],["2"]]""", "the rows of the result are not the expected JSON")]
    [InlineData("""[["1"],"2"]""", "the rows of the result are not the expected JSON")]
    [InlineData("""[["1"],[]]""", "the rows of the result are not the expected JSON")]
    public async Task Rows_that_do_not_match_their_description_fail(string rows, string expected)
    {
        var service = new VerbatimService().Answers(
            $$$"""
            {"statement_id":"01ef-1","status":{"state":"SUCCEEDED"},
             "manifest":{"schema":{"columns":[{"name":"n","type_name":"INT"}]},"total_row_count":2},"result":{"data_array":{{{rows}}} } }
            """);

        var failure = await Warehouse.Fails(() => service.Sql().QueryAsync("SELECT n FROM t").Texts());

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(("01ef-1", DatabricksServingErrorKind.InvalidResponse), (failure.StatementId, failure.Kind));
    }

    [Fact]
    public async Task A_chunk_that_follows_itself_fails()
    {
        var service = new VerbatimService().Answers(
            """
            {"statement_id":"01ef-1","status":{"state":"SUCCEEDED"},"manifest":{"schema":{"columns":[{"name":"n"}]}},
             "result":{"chunk_index":3,"data_array":[["1"]],"next_chunk_index":3}}
            """);

        var failure = await Warehouse.Fails(() => service.Sql().QueryAsync("SELECT n FROM t").Texts());

        Assert.Contains("the chunks of the result do not end", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_result_fails_unless_a_limit_was_requested()
    {
        var truncated = Warehouse.Succeeded.Replace("\"truncated\":false", "\"truncated\":true", StringComparison.Ordinal);

        var failure = await Warehouse.Fails(() => new VerbatimService().Answers(truncated).Sql().ExecuteAsync("SELECT 1"));
        var limited = await new VerbatimService().Answers(truncated).Sql(new() { RowLimit = 2 }).ExecuteAsync("SELECT 1");

        Assert.Equal(
            "Reading the result of SQL statement '01ef-1' failed: the result is truncated at the size limit of the service. " +
            "Set SqlStatementOptions.UseExternalLinks, or select less.",
            failure.Message);
        Assert.True(limited.IsTruncated);
    }

    [Fact]
    public async Task A_statement_without_a_result_has_no_columns_and_no_rows()
    {
        var result = await new VerbatimService().Answers("""{"statement_id":"01ef-1","status":{"state":"SUCCEEDED"}}""").Sql()
            .ExecuteAsync("CREATE SCHEMA s");

        Assert.Empty(result.Columns);
        Assert.Empty(await result.ReadRowsAsync().Texts());
    }

    [Fact]
    public async Task A_statement_is_started_waited_for_and_canceled_by_its_id()
    {
        var service = new VerbatimService().Answers(Warehouse.Pending).Answers(Warehouse.Succeeded).Answers("{}");
        var sql = service.Sql();

        var id = await sql.SubmitAsync("SELECT 1");
        var result = await sql.WaitAsync(id);
        await sql.CancelAsync(id);

        Assert.Equal("01ef-1", result.StatementId);
        Managing.AssertSent("GET /api/2.0/sql/statements/01ef-1", request: null, service.Sent[1]);
        Managing.AssertSent("POST /api/2.0/sql/statements/01ef-1/cancel", request: null, service.Sent[2]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"status":{"state":"SUCCEEDED"}}""")]
    [InlineData("""{"statement_id":"01ef-1"}""")]
    [InlineData("""{"statement_id":"01ef-1","status":{"state":"SUCCEEDED"},"result":{"external_links":[{"external_link":"x"}]}}""")]
    public async Task A_document_that_is_not_a_statement_fails(string document)
    {
        var failure = await Warehouse.Fails(() => new VerbatimService().Answers(document).Sql().ExecuteAsync("SELECT 1"));

        Assert.Equal(
            (DatabricksServingErrorKind.InvalidResponse, HttpStatusCode.OK), (failure.Kind, failure.StatusCode));
    }

    [Fact]
    public async Task A_mock_reports_a_result_of_its_own()
    {
        SqlColumn[] columns = [new("id", "INT")];
        var result = new SqlResult(columns, [["1"], [null]]);

        Assert.Equal(["1", "NULL"], await result.ReadRowsAsync().Texts());
        Assert.Equal((2L, false, ""), (result.TotalRowCount, result.IsTruncated, result.StatementId));
        Assert.Throws<ArgumentException>("cells", () => new SqlResult(columns, [["1", "2"]]));
    }
}
