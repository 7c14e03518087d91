namespace Connectors.Databricks.Emulator.Sql.Tests.Parsing;

/// <summary>The statements of the documentation and of the source documents run; all others fail honestly.</summary>
public class StatementTests
{
    private static async Task<SqlWire> TicketsAsync(Action<DatabricksEmulatorOptions>? configure = null)
    {
        var wire = await SqlWire.StartAsync(emulator: configure);
        wire.Warehouse.CreateTable(
            "main.src.tickets", "id BIGINT, body STRING", [[1, "It's broken"], [2, "Please refund"], [3, null]]);
        wire.Warehouse.CreateSchema("main", "out");
        return wire;
    }

    [Fact]
    public async Task The_documented_batch_runs()
    {
        await using var wire = await TicketsAsync();

        Assert.Empty(await wire.RowsAsync(
            """
            CREATE OR REPLACE TABLE main.out.scored AS
            SELECT id, ai_query('databricks-meta-llama-3-3-70b-instruct', CONCAT('Classify: ', body),
                                failOnError => false, modelParameters => named_struct('max_tokens', 32)) AS r
            FROM main.src.tickets
            """));

        Assert.Equal(
            ["1|true|true", "2|true|true", "3|false|true"],
            await wire.RowsAsync(
                "SELECT id, r.response IS NOT NULL, r.errorMessage IS NULL FROM main.out.scored ORDER BY id"));
        Assert.Equal(2, wire.Warehouse.Statements[0].ModelRequests);
        var document = await wire.RunAsync("SELECT r FROM main.out.scored WHERE id = 1");
        Assert.Equal(
            "STRUCT<response: STRING, errorMessage: STRING>",
            document["manifest"]!["schema"]!["columns"]![0]!["type_text"]!.ToString());
    }

    [Fact]
    public async Task The_analysis_of_the_source_document_runs()
    {
        await using var wire = await SqlWire.StartAsync();
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        wire.Warehouse.CreateTable(
            "catalog.schema.endpoint_logs_request_response",
            "timestamp_ms BIGINT, status_code INT, execution_time_ms BIGINT, request STRING, response STRING",
            [
                [now, 200, 100, "{}", """{"model":"a"}"""], [now, 500, 300, "{}", """{"model":"a"}"""],
                [now, 200, 50, "{}", "not JSON"], [0, 200, 9, "{}", """{"model":"a"}"""],
            ]);

        Assert.Equal(
            ["NULL|1|50.0|50.0|1.0", "a|2|200.0|290.0|0.5"],
            await wire.RowsAsync(
                """
                -- Compare model versions using inference table
                SELECT
                    get_json_object(response, '$.model') as model_version,
                    count(*) as requests,
                    avg(execution_time_ms) as avg_latency,
                    percentile(execution_time_ms, 0.95) as p95_latency,
                    sum(case when status_code = 200 then 1 else 0 end) / count(*) as success_rate
                FROM catalog.schema.endpoint_logs_request_response
                WHERE timestamp_ms > unix_timestamp(current_date() - INTERVAL 7 DAY) * 1000
                GROUP BY 1
                ORDER BY 1;
                """));
    }

    [Fact]
    public async Task A_join_with_the_served_entities_runs()
    {
        await using var wire = await SqlWire.StartAsync();
        wire.Warehouse.CreateTable(
            "main.logs.churn_payload", "request_date DATE, status_code INT, execution_duration_ms BIGINT, served_entity_id STRING",
            [[DateOnly.FromDateTime(DateTime.UtcNow), 200, 10, "e1"], [DateOnly.FromDateTime(DateTime.UtcNow), 429, 30, "e1"]]);
        wire.Warehouse.CreateTable(
            "system.serving.served_entities", "served_entity_id STRING, served_entity_name STRING", [["e1", "champion"]]);

        Assert.Equal(
            ["champion|2|20.0|0.5"],
            await wire.RowsAsync(
                """
                SELECT e.served_entity_name, count(*) n, avg(p.execution_duration_ms) ms,
                       avg(CASE WHEN p.status_code<400 THEN 0 ELSE 1 END) err
                FROM main.logs.churn_payload p JOIN system.serving.served_entities e USING (served_entity_id)
                WHERE p.request_date >= current_date() - INTERVAL 1 DAY GROUP BY 1
                """));
    }

    [Theory]
    [InlineData("SELECT :a", "it's")]
    [InlineData("SELECT :a", "'; DROP TABLE main.src.tickets; --")]
    [InlineData("SELECT :a", "\\")]
    public async Task A_parameter_is_a_value(string statement, string value)
    {
        await using var wire = await TicketsAsync();

        Assert.Equal([value], await wire.RowsAsync(statement, ("a", value, "STRING")));
        Assert.Equal(["3"], await wire.RowsAsync("SELECT count(*) FROM main.src.tickets"));
    }

    [Theory]
    [InlineData("SELECT CAST(:a AS BIGINT) + 1", "5", "INT", "6")]
    [InlineData("SELECT :a", "1.50", "DECIMAL(3,2)", "1.50")]
    [InlineData("SELECT :a", "2026-11-30", "DATE", "2026-11-30")]
    [InlineData("SELECT :a", "2026-11-30T10:00:00.5Z", "TIMESTAMP", "2026-11-30T10:00:00.500Z")]
    [InlineData("SELECT :a IS NULL", null, "STRING", "true")]
    public async Task Parameters_have_types(string statement, string? value, string type, string expected)
    {
        await using var wire = await SqlWire.StartAsync();

        Assert.Equal([expected], await wire.RowsAsync(statement, ("a", value, type)));
    }

    [Fact]
    public async Task Names_are_quoted_with_backticks()
    {
        await using var wire = await SqlWire.StartAsync();
        wire.Warehouse.CreateTable("`main`.`a.b`.`c``d \" e`", "`x y` INT", [[1]]);
        wire.Warehouse.CreateTable("main.a.b", "n INT", [[2]]);

        Assert.Equal(["1"], await wire.RowsAsync("SELECT `x y` FROM `main`.`a.b`.`c``d \" e`"));
        Assert.Equal(["2"], await wire.RowsAsync("SELECT n FROM main.A.`B`"));
    }

    [Fact]
    public async Task Rows_are_inserted_merged_and_deleted()
    {
        await using var wire = await TicketsAsync();

        await wire.RowsAsync("CREATE TABLE main.out.t AS SELECT id, body FROM main.src.tickets WHERE id <= 2");
        await wire.RowsAsync("INSERT INTO main.out.t (id, body) SELECT id, body FROM main.src.tickets s WHERE id = 3");
        await wire.RowsAsync(
            """
            MERGE INTO main.out.t AS d USING (SELECT 2 AS id, 'new' AS body) AS s ON d.id <=> s.id
            WHEN MATCHED THEN UPDATE SET d.body = s.body
            """);
        await wire.RowsAsync("DELETE FROM main.out.t WHERE id = 1");

        Assert.Equal(["2|new", "3|NULL"], await wire.RowsAsync("SELECT id, body FROM main.out.t ORDER BY id"));
        Assert.Equal(
            ["1"],
            await wire.RowsAsync("SELECT s.id FROM main.src.tickets s LEFT ANTI JOIN main.out.t d ON s.id = d.id"));
    }

    [Theory]
    [InlineData("SELECT * FROM main.out.missing", "BAD_REQUEST: [TABLE_OR_VIEW_NOT_FOUND]")]
    [InlineData("CREATE TABLE main.none.t AS SELECT 1 AS a", "BAD_REQUEST: [SCHEMA_NOT_FOUND]")]
    [InlineData("CREATE TABLE main.src.tickets AS SELECT 1 AS a", "ALREADY_EXISTS: [TABLE_OR_VIEW_ALREADY_EXISTS]")]
    [InlineData("SELECT FROM WHERE", "BAD_REQUEST: [PARSE_SYNTAX_ERROR]")]
    [InlineData("SELECT 1; SELECT 2", "BAD_REQUEST: [PARSE_SYNTAX_ERROR]")]
    [InlineData("SELECT 'open", "BAD_REQUEST: [PARSE_SYNTAX_ERROR]")]
    [InlineData("SELECT :missing", "BAD_REQUEST: [UNBOUND_SQL_PARAMETER]")]
    [InlineData("SELECT nothing FROM main.src.tickets", "BAD_REQUEST: [EMULATOR_ENGINE_ERROR]")]
    [InlineData("OPTIMIZE main.src.tickets", "BAD_REQUEST: [EMULATOR_UNSUPPORTED]")]
    [InlineData("SELECT read_csv('/etc/passwd')", "BAD_REQUEST: [EMULATOR_UNSUPPORTED]")]
    [InlineData("SELECT * FROM read_text('/etc/passwd')", "BAD_REQUEST: [PARSE_SYNTAX_ERROR]")]
    [InlineData("COPY main.src.tickets TO '/tmp/x'", "BAD_REQUEST: [EMULATOR_UNSUPPORTED]")]
    [InlineData("SELECT ai_query(body, 'a') FROM main.src.tickets", "BAD_REQUEST: [DATATYPE_MISMATCH.NON_FOLDABLE_INPUT]")]
    [InlineData("SELECT ai_query('databricks-claude-sonnet-4-5', 'a', files => body) FROM main.src.tickets",
        "BAD_REQUEST: [EMULATOR_UNSUPPORTED]")]
    public async Task Everything_else_fails_honestly(string statement, string expected)
    {
        await using var wire = await TicketsAsync();

        Assert.StartsWith(expected, (await wire.RowsAsync(statement))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_model_is_an_error_of_the_row_or_of_the_statement()
    {
        await using var wire = await TicketsAsync();
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5").Fails(429, "REQUEST_LIMIT_EXCEEDED", "Too many requests.");

        Assert.Equal(
            ["1|false|true"],
            await wire.RowsAsync(
                """
                SELECT id, r.errorMessage IS NULL, r.response IS NULL FROM
                (SELECT id, ai_query('databricks-claude-sonnet-4-5', body, failOnError => false) AS r FROM main.src.tickets WHERE id = 1)
                """));
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5").Fails(429, "REQUEST_LIMIT_EXCEEDED", "Too many requests.");
        Assert.StartsWith(
            "BAD_REQUEST: [AI_FUNCTION_HTTP_REQUEST_ERROR]",
            (await wire.RowsAsync("SELECT ai_query('databricks-claude-sonnet-4-5', body) FROM main.src.tickets WHERE id = 1"))[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_enforced_workspace_requires_the_names_of_model_services()
    {
        await using var wire = await TicketsAsync(options => options.Workspace = EmulatedWorkspace.GatewayEnforced);
        const string Statement =
            """
            SELECT r.errorMessage, r.response IS NULL FROM
            (SELECT ai_query(:model, body, failOnError => false) AS r FROM main.src.tickets WHERE id = 1)
            """;

        Assert.Equal(
            [
                "Querying pay-per-token foundation model endpoint 'databricks-claude-sonnet-4-5' is disabled for this workspace. " +
                "Please use Unity Gateway.|true",
            ],
            await wire.RowsAsync(Statement, ("model", "databricks-claude-sonnet-4-5", "STRING")));
        Assert.Equal(["NULL|false"], await wire.RowsAsync(Statement, ("model", "system.ai.claude-sonnet-4-5", "STRING")));
    }

    [Fact]
    public async Task A_response_format_is_sent_to_the_model()
    {
        await using var wire = await TicketsAsync();

        var rows = await wire.RowsAsync(
            """
            SELECT get_json_object(ai_query('databricks-meta-llama-3-3-70b-instruct', body, responseFormat => :format), '$.topic') IS NULL
            FROM main.src.tickets WHERE id = 1
            """,
            ("format",
                """
                {"type":"json_schema","json_schema":{"name":"r","schema":{"type":"object","properties":{"topic":{"type":"string"}},
                 "required":["topic"]}}}
                """,
                "STRING"));

        Assert.Equal(["false"], rows);
    }
}
