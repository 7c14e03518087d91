using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Emulator.Sql.Tests.Client;

public class AiQueryBatchTests
{
    private const string Model = "system.ai.claude-sonnet-4-5";

    private static readonly SqlTableName Source = SqlTableName.Parse("main.src.tickets");

    private static readonly SqlTableName Destination = SqlTableName.Parse("main.out.scored");

    private static async Task<SqlWorkspace> TicketsAsync(int rows, EmulatedWorkspace workspace = EmulatedWorkspace.GatewayEnforced)
    {
        var started = await SqlWorkspace.StartAsync(workspace: workspace);
        started.Warehouse.CreateTable(
            "main.src.tickets", "id BIGINT, body STRING",
            Enumerable.Range(1, rows).Select(number => new object?[] { number, $"Ticket number {number} is about a broken bicycle." }));
        started.Warehouse.CreateSchema("main", "out");
        return started;
    }

    private static AiQueryBatch Batch(SqlWorkspace workspace, Action<AiQueryBatchOptions>? configure = null, string model = Model)
    {
        var options = new AiQueryBatchOptions(model, Source, Destination, "id", "body");
        configure?.Invoke(options);
        return new AiQueryBatch(workspace.Sql(), options);
    }

    [Fact]
    public async Task Every_row_has_a_response_and_progress_is_reported_by_rows()
    {
        await using var workspace = await TicketsAsync(100);
        List<AiQueryBatchProgress> progress = [];

        var result = await Batch(workspace, options => options.RowsPerStatement = 30).RunAsync(new Reports(progress));

        Assert.Equal((100L, 0L, 4), (result.Rows, result.FailedRows, result.StatementIds.Count));
        Assert.Equal(4, progress.Count);
        Assert.Equal("100 of 100 rows, 0 failed", progress[^1].ToString());
        Assert.Equal(progress.OrderBy(state => state.ProcessedRows), progress);
        Assert.Equal(100, workspace.Warehouse.Statements.Sum(statement => statement.ModelRequests));
        Assert.Equal(
            ["100|100|100"], await workspace.RowsAsync("SELECT count(*), count(DISTINCT id), count(r.response) FROM main.out.scored"));
    }

    [Fact]
    public async Task The_statement_has_quoted_names_and_parameters_only()
    {
        await using var workspace = await TicketsAsync(1);
        var batch = Batch(workspace, options =>
        {
            options.PromptPrefix = "Classify: ";
            options.MaxOutputTokens = 32;
            options.Temperature = 0.1;
            options.ResponseFormat = ChatResponseFormat.ForJsonSchema(
                JsonDocument.Parse("""{"type":"object","properties":{"topic":{"type":"string"}},"required":["topic"]}""").RootElement);
        });

        Assert.Equal(
            "CREATE TABLE `main`.`out`.`scored` AS SELECT s.`id`, ai_query(:model, CONCAT(:prefix, s.`body`), failOnError => false, " +
            "modelParameters => named_struct('max_tokens', :max_tokens, 'temperature', :temperature), " +
            "responseFormat => :response_format) AS r FROM `main`.`src`.`tickets` s",
            batch.Statement);
        await batch.RunAsync();
        Assert.Equal(
            ["false"], await workspace.RowsAsync("SELECT get_json_object(r.response, '$.topic') IS NULL FROM main.out.scored"));
    }

    [Fact]
    public async Task Rows_that_failed_are_read_and_retried()
    {
        await using var workspace = await TicketsAsync(10);
        var endpoint = workspace.Emulator.Endpoint(Model);
        endpoint.Fails(429, "REQUEST_LIMIT_EXCEEDED", "Too many requests.").Fails(500, "INTERNAL_ERROR", "Broken.").AnswersByItself();
        var batch = Batch(workspace);

        var first = await batch.RunAsync();
        List<string> failures = [];
        await foreach (var failure in batch.ReadFailuresAsync())
        {
            failures.Add(failure.ErrorMessage);
        }

        var second = await batch.RetryFailedAsync();
        var third = await batch.RetryFailedAsync();

        Assert.Equal((10L, 2L), (first.Rows, first.FailedRows));
        Assert.Equal(["Broken.", "Too many requests."], failures.Order());
        Assert.Equal((10L, 0L, 1), (second.Rows, second.FailedRows, second.StatementIds.Count));
        Assert.Equal((10L, 0L, 0), (third.Rows, third.FailedRows, third.StatementIds.Count));
        Assert.Equal(12, workspace.Warehouse.Statements.Sum(statement => statement.ModelRequests));
    }

    [Fact]
    public async Task A_dry_run_extrapolates_the_tokens_of_a_sample()
    {
        await using var workspace = await TicketsAsync(1000);

        var estimate = await Batch(workspace, options => options.PromptPrefix = "Classify: ").EstimateAsync(20);

        Assert.Equal((1000L, 20, 0), (estimate.TotalRows, estimate.SampledRows, estimate.Failures.Count));
        Assert.Equal(
            Enumerable.Range(1, 1000).Sum(number => $"Classify: Ticket number {number} is about a broken bicycle.".Length) / 4.0,
            estimate.InputTokens);
        Assert.InRange(estimate.OutputTokens, 1000, 1_000_000);
        Assert.InRange(estimate.OutputTokensMargin, 0, estimate.OutputTokens);
        Assert.Equal(20, workspace.Warehouse.Statements.Sum(statement => statement.ModelRequests));
        Assert.StartsWith("BAD_REQUEST", (await ErrorAsync(workspace, "SELECT * FROM main.out.scored")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_sample_gives_no_estimate_of_output_tokens()
    {
        await using var workspace = await TicketsAsync(10);

        var estimate = await Batch(workspace, model: "databricks-claude-sonnet-4-5").EstimateAsync(3);

        Assert.Equal((3, 3), (estimate.SampledRows, estimate.Failures.Count));
        Assert.Equal((double.NaN, double.NaN), (estimate.OutputTokens, estimate.OutputTokensMargin));
    }

    [Fact]
    public async Task A_legacy_name_in_an_enforced_workspace_stops_the_batch_after_the_first_statement()
    {
        await using var workspace = await TicketsAsync(100);

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Batch(workspace, options => options.RowsPerStatement = 30, "databricks-claude-sonnet-4-5").RunAsync());

        Assert.Equal(DatabricksServingErrorKind.PayPerTokenDisabled, failure.Kind);
        Assert.EndsWith(
            "The workspace enforces Unity Gateway: name a model service, such as system.ai.claude-sonnet-4-5.", failure.Message,
            StringComparison.Ordinal);
        Assert.InRange(workspace.Warehouse.Statements.Sum(statement => statement.ModelRequests), 1, 60);
    }

    [Fact]
    public async Task An_interrupted_run_is_resumed_without_paying_again()
    {
        await using var workspace = await TicketsAsync(100);
        var batch = Batch(workspace, options => options.RowsPerStatement = 30);
        using var stop = new CancellationTokenSource();
        List<AiQueryBatchProgress> progress = [];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.RunAsync(new Reports(progress, stop.Cancel), stop.Token));
        var before = workspace.Warehouse.Statements.Sum(statement => statement.ModelRequests);
        var result = await batch.ResumeAsync();

        Assert.InRange(before, 1, 99);
        Assert.Equal((100L, 0L), (result.Rows, result.FailedRows));
        Assert.Equal(100, workspace.Warehouse.Statements.Sum(statement => statement.ModelRequests));
        Assert.Equal(["100"], await workspace.RowsAsync("SELECT count(DISTINCT id) FROM main.out.scored"));
    }

    [Fact]
    public async Task Keys_that_are_not_unique_are_rejected_before_the_model_is_queried()
    {
        await using var workspace = await SqlWorkspace.StartAsync();
        workspace.Warehouse.CreateTable("main.src.tickets", "id BIGINT, body STRING", [[1, "a"], [1, "b"], [null, "c"]]);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Batch(workspace).RunAsync());

        Assert.Contains("3 rows have 1 different keys", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, workspace.Warehouse.Statements.Sum(statement => statement.ModelRequests));
    }

    [Fact]
    public async Task A_destination_is_replaced_on_request_only()
    {
        await using var workspace = await TicketsAsync(2);
        await Batch(workspace).RunAsync();

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(() => Batch(workspace).RunAsync());
        var replaced = await Batch(workspace, options => options.ReplaceDestination = true).RunAsync();

        Assert.Equal(("ALREADY_EXISTS", 2L), (failure.ErrorCode, replaced.Rows));
    }

    [Theory]
    [InlineData("a`b")]
    [InlineData("`; DROP TABLE main.src.safe; --")]
    [InlineData("a.b")]
    [InlineData("x') --")]
    [InlineData("a b\"c'd\\e")]
    [InlineData("ключ💥")]
    public async Task Hostile_names_are_names(string name)
    {
        await using var workspace = await SqlWorkspace.StartAsync();
        var quoted = $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
        workspace.Warehouse.CreateTable("main.src.safe", "n BIGINT", [[1]]);
        workspace.Warehouse.CreateTable(
            $"{quoted}.{quoted}.{quoted}", $"{quoted} BIGINT, prompt STRING", [[1, "Hello"], [2, "'; DROP TABLE main.src.safe; --"]]);
        var source = new SqlTableName(name, name, name);
        var batch = new AiQueryBatch(
            workspace.Sql(), new AiQueryBatchOptions(Model, source, new SqlTableName(name, name, $"{name} out"), name, "prompt")
            {
                PromptPrefix = "'); DROP TABLE main.src.safe; --",
            });

        var result = await batch.RunAsync();
        await batch.RetryFailedAsync();

        Assert.Equal((2L, 0L), (result.Rows, result.FailedRows));
        Assert.Equal(["1"], await workspace.RowsAsync("SELECT n FROM main.src.safe"));
    }

    [Fact]
    public async Task A_hostile_model_name_is_a_value()
    {
        await using var workspace = await TicketsAsync(1);

        var result = await Batch(workspace, model: "x', 'y'); DROP TABLE main.src.tickets; --").RunAsync();

        Assert.Equal(1, result.FailedRows);
        Assert.Equal(["1"], await workspace.RowsAsync("SELECT count(*) FROM main.src.tickets"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("main.src")]
    [InlineData("main.src.a.b")]
    [InlineData("main..a")]
    [InlineData("main.src.`a`")]
    public void A_text_without_three_parts_is_not_a_name(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => SqlTableName.Parse(name));

    [Fact]
    public void Invalid_names_and_options_are_rejected()
    {
        Assert.Throws<ArgumentException>("table", () => new SqlTableName("a", "b", "c\n"));
        Assert.Throws<ArgumentException>("schema", () => new SqlTableName("a", new string('b', 256), "c"));
        Assert.Throws<ArgumentException>("keyColumn", () => new AiQueryBatchOptions(Model, Source, Destination, " ", "body"));
        var sql = new DatabricksServingClient(new Uri("http://localhost"), DatabricksCredential.FromToken("t")).GetSqlStatementClient("w");
        foreach (var configure in new Action<AiQueryBatchOptions>[]
            { options => options.RowsPerStatement = 0, options => options.CharactersPerToken = 0, options => options.MaxOutputTokens = 0,
              options => options.Temperature = double.NaN })
        {
            var options = new AiQueryBatchOptions(Model, Source, Destination, "id", "body");
            configure(options);
            Assert.Throws<ArgumentOutOfRangeException>(() => new AiQueryBatch(sql, options));
        }
    }

    private static async Task<string> ErrorAsync(SqlWorkspace workspace, string statement) =>
        (await Assert.ThrowsAsync<DatabricksServingException>(() => workspace.Sql().ExecuteAsync(statement))).ErrorCode!;

    private sealed class Reports(List<AiQueryBatchProgress> all, Action? then = null) : IProgress<AiQueryBatchProgress>
    {
        public void Report(AiQueryBatchProgress value)
        {
            all.Add(value);
            then?.Invoke();
        }
    }
}
