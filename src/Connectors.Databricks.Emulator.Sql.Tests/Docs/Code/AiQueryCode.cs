using Connectors.Databricks.Emulator.Sql.Tests.Client;

namespace Connectors.Databricks.Emulator.Sql.Tests.Docs.Code;

/// <summary>The code of docs/ai-query.md, which runs on the emulator.</summary>
public class AiQueryCode
{
    [Fact]
    public async Task Run()
    {
        await using var workspace = await SqlWorkspace.StartAsync();
        workspace.Warehouse.CreateTable("main.src.tickets", "id BIGINT, body STRING", [[1, "It is broken."], [2, "Please refund me."]]);
        workspace.Warehouse.CreateSchema("main", "out");

        await RunAsync(workspace.Serving, workspace.Warehouse.Id);

        Assert.Equal(["2"], await workspace.RowsAsync("SELECT count(r.response) FROM main.out.scored"));
    }

    private static async Task RunAsync(DatabricksServingClient serving, string warehouseId)
    {
        // <ai-query>
        SqlStatementClient sql = serving.GetSqlStatementClient(warehouseId);
        var batch = new AiQueryBatch(sql, new AiQueryBatchOptions(
            "system.ai.claude-sonnet-4-5",
            SqlTableName.Parse("main.src.tickets"), SqlTableName.Parse("main.out.scored"), keyColumn: "id", promptColumn: "body")
        {
            PromptPrefix = "Classify this ticket as bug, question or praise: ",
            MaxOutputTokens = 32,
        });

        AiQueryEstimate estimate = await batch.EstimateAsync(rows: 20);
        Console.WriteLine(estimate);

        AiQueryBatchResult result = await batch.RunAsync(new Progress<AiQueryBatchProgress>(Console.WriteLine));
        if (result.FailedRows > 0)
        {
            result = await batch.RetryFailedAsync();
        }

        await foreach (AiQueryFailure failure in batch.ReadFailuresAsync())
        {
            Console.WriteLine($"{failure.Key}: {failure.ErrorMessage}");
        }
        // </ai-query>
    }
}
