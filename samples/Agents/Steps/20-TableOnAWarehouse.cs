using System.Globalization;
using Connectors.Databricks;
using Connectors.Databricks.Emulator.Sql;

namespace Agents.Steps;

/// <summary>Sends a table to a model on a SQL warehouse, and compares two served models by their inference table.</summary>
internal sealed class TableOnAWarehouse : IStep
{
    private static readonly DateTimeOffset Since = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private EmulatedSqlWarehouse? _warehouse;

    public string Title => "A table on a SQL warehouse: ai_query and A/B analysis";

    public async Task RunAsync(Workspace workspace)
    {
        if (workspace.Emulator is null)
        {
            Console.WriteLine("This step uses tables of the emulator: put a warehouse and tables of yours here.");
            return;
        }

        _warehouse ??= NewWarehouse(workspace);
        SqlStatementClient sql = workspace.Serving.GetSqlStatementClient(_warehouse.Id);
        var batch = new AiQueryBatch(sql, new AiQueryBatchOptions(
            Endpoints.Claude, SqlTableName.Parse("main.src.tickets"), SqlTableName.Parse("main.out.scored"), "id", "body")
        {
            PromptPrefix = "Classify this ticket as bug, question or praise: ",
            MaxOutputTokens = 32,
            RowsPerStatement = 100,
            ReplaceDestination = true,
        });
        Console.WriteLine($"Dry run: {await batch.EstimateAsync(rows: 10)}");
        AiQueryBatchResult result = await batch.RunAsync(new Progress<AiQueryBatchProgress>());
        Console.WriteLine($"{result.Rows} rows in {result.StatementIds.Count} statements, {result.FailedRows} failed");

        var analysis = new InferenceTableAnalysis(sql, SqlTableName.Parse("main.logs.churn_payload"));
        Console.Write(ServedModelStatistics.ToTable(await analysis.GetStatisticsAsync(Since, Since.AddDays(7), byDay: false)));
        ServedModelComparison comparison = await analysis.CompareAsync("control", "treatment", Since, Since.AddDays(7));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"error rate {comparison.ErrorRate.Difference:+0.0%;-0.0%} (p = {comparison.ErrorRate.PValue:0.000}), median latency " +
            $"{comparison.MedianLatency!.Lower:+0;-0} to {comparison.MedianLatency.Upper:+0;-0} ms"));

        StepFailedException.Unless(result is { Rows: 250, FailedRows: 0 }, "Every row should have a response.");
        StepFailedException.Unless(comparison.MedianLatency.IsSignificant, "The treatment should be slower.");
    }

    private static EmulatedSqlWarehouse NewWarehouse(Workspace workspace)
    {
        var warehouse = workspace.Emulator!.UseSqlWarehouse();
        warehouse.CreateSchema("main", "out");
        warehouse.CreateTable(
            "main.src.tickets", "id BIGINT, body STRING",
            Enumerable.Range(1, 250).Select(number => new object?[] { number, $"The brakes of bicycle {number} squeak." }));
        warehouse.CreateTable(
            "system.serving.served_entities", "served_entity_id STRING, served_entity_name STRING",
            [["e1", "control"], ["e2", "treatment"]]);
        warehouse.CreateTable(
            "main.logs.churn_payload",
            "databricks_request_id STRING, request_date DATE, request_time TIMESTAMP, status_code INT, execution_duration_ms BIGINT, " +
            "response STRING, served_entity_id STRING",
            Enumerable.Range(0, 1000).Select(number => new object?[]
            {
                $"r{number}", new DateOnly(2026, 11, 2), Since.AddDays(1).UtcDateTime, number % 51 == 0 ? 500 : 200,
                (number % 2 == 0 ? 100 : 115) + (number * 7 % 40), """{"usage":{"prompt_tokens":20,"completion_tokens":5}}""",
                number % 2 == 0 ? "e1" : "e2",
            }));
        return warehouse;
    }
}
