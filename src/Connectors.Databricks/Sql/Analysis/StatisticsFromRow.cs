namespace Connectors.Databricks.Sql.Analysis;

/// <summary>Reads a row of statistics; queries differ in the columns that they have.</summary>
internal static class StatisticsFromRow
{
    public static ServedModelStatistics Read(SqlRow row) => new()
    {
        ServedModel = row["served_model"] ?? "unknown",
        Day = Has(row, "day") && row.TryGet<DateOnly>("day", out var day) ? day : null,
        Requests = row.Get<long>("requests"),
        Errors = row.Get<long>("errors"),
        MeanLatency = Latency(row, "mean"),
        MedianLatency = Latency(row, "p50"),
        P95Latency = Latency(row, "p95"),
        P99Latency = Latency(row, "p99"),
        InputTokens = Count(row, "input_tokens"),
        OutputTokens = Count(row, "output_tokens"),
    };

    private static TimeSpan? Latency(SqlRow row, string column) =>
        row.TryGet<double>(column, out var milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : null;

    private static long? Count(SqlRow row, string column) => Has(row, column) && row.TryGet<long>(column, out var count) ? count : null;

    private static bool Has(SqlRow row, string column) => row.Columns.Any(known => known.Name == column);
}
