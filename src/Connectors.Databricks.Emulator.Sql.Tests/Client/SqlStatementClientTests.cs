namespace Connectors.Databricks.Emulator.Sql.Tests.Client;

/// <summary>The connector against the emulated warehouse.</summary>
public class SqlStatementClientTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_are_read_in_chunks_inline_and_by_links(bool usesLinks)
    {
        await using var workspace = await SqlWorkspace.StartAsync(options => options.RowsPerChunk = 7);
        workspace.Warehouse.CreateTable(
            "main.src.numbers", "n BIGINT, half DOUBLE", Enumerable.Range(0, 100).Select(number => new object?[] { number, number / 2.0 }));

        var rows = workspace.Sql(options => options.UseExternalLinks = usesLinks)
            .QueryAsync("SELECT n, half FROM main.src.numbers WHERE n >= :from ORDER BY n", [SqlParameter.Create("from", 10)]);

        Assert.Equal(
            Enumerable.Range(10, 90).Select(number => FormattableString.Invariant($"{number}|{number / 2.0:0.0}")),
            await SqlWorkspace.RowsAsync(rows));
        Assert.Equal(usesLinks ? 13 : 0, workspace.Warehouse.LinkResponses.Count(status => status == 200));
        Assert.DoesNotContain(400, workspace.Warehouse.LinkResponses);
    }

    [Fact]
    public async Task Links_that_expire_while_rows_are_read_are_renewed()
    {
        await using var workspace = await SqlWorkspace.StartAsync(options => options.RowsPerChunk = 1);
        workspace.Warehouse.CreateTable("main.src.numbers", "n BIGINT", [[1], [2], [3]]);
        List<long> read = [];

        await foreach (var row in workspace.Sql(options => options.UseExternalLinks = true)
            .QueryAsync("SELECT n FROM main.src.numbers ORDER BY n"))
        {
            read.Add(row.Get<long>("n"));
            workspace.Warehouse.ExpireLinks();
        }

        Assert.Equal([1, 2, 3], read);
    }

    [Fact]
    public async Task A_canceled_call_cancels_the_statement()
    {
        await using var workspace = await SqlWorkspace.StartAsync();
        workspace.Warehouse.HoldStatements();
        using var stop = new CancellationTokenSource();

        var running = workspace.Sql().ExecuteAsync("SELECT 1", cancellationToken: stop.Token);
        while (workspace.Emulator.Requests.Count < 2)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(["CANCELED"], workspace.Warehouse.Statements.Select(statement => statement.State));
    }

    [Fact]
    public async Task A_failed_statement_has_its_code_state_and_id()
    {
        await using var workspace = await SqlWorkspace.StartAsync();

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(() => workspace.Sql().ExecuteAsync("SELECT * FROM main.src.no"));

        Assert.Equal(
            (DatabricksServingErrorKind.StatementFailed, "42P01", workspace.Warehouse.Statements[0].Id),
            (failure.Kind, failure.SqlState, failure.StatementId));
    }

    /// <summary>Whatever becomes of the response, the warehouse runs the statement at most once.</summary>
    [Theory]
    [InlineData(EmulatedFault.BadGateway)]
    [InlineData(EmulatedFault.GatewayTimeout)]
    [InlineData(EmulatedFault.ResetBeforeHeaders)]
    [InlineData(EmulatedFault.CloseBeforeHeaders)]
    [InlineData(EmulatedFault.ResetMidBody)]
    public async Task A_statement_whose_response_is_lost_runs_once(EmulatedFault fault)
    {
        await using var workspace = await SqlWorkspace.StartAsync();
        workspace.Emulator.Faults.Add(fault);

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(() => workspace.Sql().ExecuteAsync("SELECT 1"));

        Assert.True(failure.IsTransient);
        Assert.Single(workspace.Emulator.Requests, request => request.Method == "POST");
        Assert.InRange(workspace.Warehouse.Statements.Count, 0, 1);
    }

    [Fact]
    public async Task A_statement_is_resumed_by_its_id_after_polls_have_failed()
    {
        await using var workspace = await SqlWorkspace.StartAsync();

        var id = await workspace.Sql().SubmitAsync("SELECT 7 AS n");
        var result = await workspace.Sql().WaitAsync(id);

        Assert.Equal(["7"], await SqlWorkspace.RowsAsync(result.ReadRowsAsync()));
        Assert.Single(workspace.Warehouse.Statements);
    }

    [Theory]
    [InlineData("'; DROP TABLE main.src.numbers; --")]
    [InlineData("\\' OR 1=1 --")]
    [InlineData("`\"\u2028\0")]
    public async Task A_hostile_value_is_a_value(string value)
    {
        await using var workspace = await SqlWorkspace.StartAsync();
        workspace.Warehouse.CreateTable("main.src.numbers", "n BIGINT", [[1]]);

        Assert.Equal([value], await workspace.RowsAsync("SELECT :value", SqlParameter.Create("value", value)));
        Assert.Equal(["1"], await workspace.RowsAsync("SELECT count(*) FROM main.src.numbers"));
    }
}
