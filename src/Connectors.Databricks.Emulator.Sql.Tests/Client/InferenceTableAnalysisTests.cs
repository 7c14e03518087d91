namespace Connectors.Databricks.Emulator.Sql.Tests.Client;

public class InferenceTableAnalysisTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset End = Start.AddDays(30);

    private static string Response(string model, int tokens) =>
        $$$"""{"model":"{{{model}}}","usage":{"prompt_tokens":{{{tokens}}},"completion_tokens":{{{tokens * 2}}} } }""";

    /// <summary>Two served models over two days: the treatment is 20 ms slower, and fails twice as often.</summary>
    internal static async Task<SqlWorkspace> LoggedAsync(int requests = 1000)
    {
        var workspace = await SqlWorkspace.StartAsync();
        workspace.Warehouse.CreateTable(
            "system.serving.served_entities", "served_entity_id STRING, served_entity_name STRING, endpoint_config_version INT",
            [["e1", "control", 1], ["e1", "control", 2], ["e2", "treatment", 2]]);
        workspace.Warehouse.CreateTable(
            "main.logs.churn_payload",
            "databricks_request_id STRING, request_date DATE, request_time TIMESTAMP, status_code INT, execution_duration_ms BIGINT, " +
            "request STRING, response STRING, served_entity_id STRING",
            Enumerable.Range(0, requests).Select(number =>
            {
                var (isTreatment, time) = (number % 2 == 1, Start.AddDays(number / 2 % 2).AddMinutes(number));
                var fails = number / 2 % 100 < (isTreatment ? 20 : 10);
                return new object?[]
                {
                    $"r{number}", DateOnly.FromDateTime(Start.AddDays(number / 2 % 2).UtcDateTime), time.UtcDateTime, fails ? 500 : 200,
                    fails ? 1 : (isTreatment ? 120 : 100) + (number * 7 % 40), "{}", Response("m", 10), isTreatment ? "e2" : "e1",
                };
            }));
        return workspace;
    }

    private static InferenceTableAnalysis Analysis(SqlWorkspace workspace) =>
        new(workspace.Sql(), SqlTableName.Parse("main.logs.churn_payload"));

    [Fact]
    public async Task Statistics_by_served_model_and_day()
    {
        await using var workspace = await LoggedAsync();

        var rows = await Analysis(workspace).GetStatisticsAsync(Start, End);

        Assert.Equal(
            ["control 2026-11-01", "control 2026-11-02", "treatment 2026-11-01", "treatment 2026-11-02"],
            rows.Select(row => $"{row.ServedModel} {row.Day:yyyy-MM-dd}"));
        Assert.Equal([250L, 250L, 250L, 250L], rows.Select(row => row.Requests));
        Assert.Equal((50L, 100L), (rows[0].Errors + rows[1].Errors, rows[2].Errors + rows[3].Errors));
        Assert.All(rows, row => Assert.Equal((2500L, 5000L), (row.InputTokens, row.OutputTokens)));
        Assert.InRange(rows[0].MedianLatency!.Value.TotalMilliseconds, 110, 130);
        Assert.InRange(rows[2].MedianLatency!.Value.TotalMilliseconds, 130, 150);
        Assert.Contains("treatment", ServedModelStatistics.ToTable(rows), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_served_models_are_compared()
    {
        await using var workspace = await LoggedAsync();

        var comparison = await Analysis(workspace).CompareAsync("control", "treatment", Start, End);

        Assert.Equal((50L, 100L), (comparison.Control.Errors, comparison.Treatment.Errors));
        Assert.Equal(0.1, comparison.ErrorRate.Difference, 1e-9);
        Assert.InRange(comparison.ErrorRate.PValue, 0, 0.001);
        Assert.InRange(comparison.MedianLatency!.Difference, 15, 25);
        Assert.True(comparison.MedianLatency.IsSignificant);
        Assert.NotNull(comparison.P95Latency);
    }

    [Fact]
    public async Task A_period_without_requests_is_explained()
    {
        await using var workspace = await LoggedAsync(10);

        Assert.Empty(await Analysis(workspace).GetStatisticsAsync(End, End.AddDays(1)));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Analysis(workspace).CompareAsync("control", "x' OR 1=1 --", Start, End));

        Assert.Equal(
            "The served model 'x' OR 1=1 --' has no requests in this period. Those with requests are: control, treatment.",
            failure.Message);
    }

    [Fact]
    public async Task A_period_that_ends_before_it_starts_is_rejected()
    {
        await using var workspace = await SqlWorkspace.StartAsync();
        var analysis = new InferenceTableAnalysis(workspace.Sql(), SqlTableName.Parse("main.logs.a"));

        await Assert.ThrowsAsync<ArgumentException>("until", () => analysis.GetStatisticsAsync(End, Start));
        await Assert.ThrowsAsync<ArgumentException>("until", () => analysis.GetModelVersionsAsync(Start, Start));
        await Assert.ThrowsAsync<ArgumentException>("until", () => analysis.CompareAsync("a", "b", End, Start));
        Assert.Empty(workspace.Warehouse.Statements);
    }

    /// <summary>The query of the source document, typed and with parameters, on a table of the legacy layout.</summary>
    [Fact]
    public async Task Versions_of_a_model_are_those_of_the_documentation()
    {
        await using var workspace = await SqlWorkspace.StartAsync();
        var time = Start.AddDays(1).ToUnixTimeMilliseconds();
        workspace.Warehouse.CreateTable(
            "catalog.schema.endpoint_logs_request_response",
            "databricks_request_id STRING, date DATE, timestamp_ms BIGINT, status_code INT, execution_time_ms BIGINT, request STRING, " +
            "response STRING",
            [
                ["1", new DateOnly(2026, 11, 2), time, 200, 100, "{}", Response("v1", 1)],
                ["2", new DateOnly(2026, 11, 2), time, 500, 300, "{}", Response("v1", 1)],
                ["3", new DateOnly(2026, 11, 2), time, 200, 50, "{}", Response("v2", 1)],
                ["4", new DateOnly(2026, 10, 2), 0, 200, 9, "{}", Response("v1", 1)],
            ]);
        var analysis = new InferenceTableAnalysis(
            workspace.Sql(), SqlTableName.Parse("catalog.schema.endpoint_logs_request_response"), InferenceTableLayout.Legacy);

        var versions = await analysis.GetModelVersionsAsync(Start, End);
        var statistics = await analysis.GetStatisticsAsync(Start, End, byDay: false);

        Assert.Equal(
            ["v1 2 0.5 200 290", "v2 1 0 50 50"],
            versions.Select(row =>
                FormattableString.Invariant($"{row.ServedModel} {row.Requests} {row.ErrorRate} ") +
                FormattableString.Invariant($"{row.MeanLatency?.TotalMilliseconds} {row.P95Latency?.TotalMilliseconds}")));
        Assert.Equal([100.0, 50.0], statistics.Select(row => row.MeanLatency!.Value.TotalMilliseconds));
    }
}
