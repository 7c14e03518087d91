using Connectors.Databricks.Emulator.Sql.Tests.Client;

namespace Connectors.Databricks.Emulator.Sql.Tests.Docs.Code;

/// <summary>The code of docs/ab-analysis.md, which runs on the emulator.</summary>
public class AnalysisCode
{
    [Fact]
    public async Task Compare()
    {
        await using var workspace = await InferenceTableAnalysisTests.LoggedAsync();
        var since = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.True((await CompareAsync(workspace.Serving, workspace.Warehouse.Id, since, since.AddDays(7))).MedianLatency!.IsSignificant);
    }

    private static async Task<ServedModelComparison> CompareAsync(
        DatabricksServingClient serving, string warehouseId, DateTimeOffset since, DateTimeOffset until)
    {
        // <ab-analysis>
        SqlStatementClient sql = serving.GetSqlStatementClient(warehouseId);
        var analysis = new InferenceTableAnalysis(sql, SqlTableName.Parse("main.logs.churn_payload"));

        IReadOnlyList<ServedModelStatistics> days = await analysis.GetStatisticsAsync(since, until);
        Console.WriteLine(ServedModelStatistics.ToTable(days));

        ServedModelComparison comparison = await analysis.CompareAsync("control", "treatment", since, until);
        Console.WriteLine($"Error rate: {comparison.ErrorRate.Difference:+0.0%;-0.0%}, p = {comparison.ErrorRate.PValue:0.0000}");
        Console.WriteLine($"Median latency: {comparison.MedianLatency?.Lower:0} to {comparison.MedianLatency?.Upper:0} ms more");
        // </ab-analysis>
        return comparison;
    }
}
