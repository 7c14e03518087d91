using System.Globalization;
using System.Text;

namespace Connectors.Databricks.Sql.Analysis;

/// <summary>Writes statistics as a table of text.</summary>
internal static class StatisticsTable
{
    private static readonly string[] Header =
        ["served model", "day", "requests", "errors", "mean ms", "p50 ms", "p95 ms", "p99 ms", "input tokens", "output tokens"];

    public static string Write(IEnumerable<ServedModelStatistics> statistics)
    {
        string[][] rows = [Header, .. statistics.Select(Cells)];
        int[] widths = [.. Enumerable.Range(0, Header.Length).Select(column => rows.Max(row => row[column].Length))];
        var table = new StringBuilder();
        foreach (var row in rows)
        {
            // Names at the left, numbers at the right.
            var cells = row.Select((cell, column) => column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            table.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return table.ToString();
    }

    private static string[] Cells(ServedModelStatistics row) =>
    [
        // A name comes from the table, and must not move the cursor of a terminal.
        new([.. row.ServedModel.Select(letter => char.IsControl(letter) ? '?' : letter)]),
        row.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        row.Requests.ToString("N0", CultureInfo.InvariantCulture),
        row.ErrorRate.ToString("P1", CultureInfo.InvariantCulture),
        Milliseconds(row.MeanLatency),
        Milliseconds(row.MedianLatency),
        Milliseconds(row.P95Latency),
        Milliseconds(row.P99Latency),
        row.InputTokens?.ToString("N0", CultureInfo.InvariantCulture) ?? "",
        row.OutputTokens?.ToString("N0", CultureInfo.InvariantCulture) ?? "",
    ];

    private static string Milliseconds(TimeSpan? latency) => latency?.TotalMilliseconds.ToString("N0", CultureInfo.InvariantCulture) ?? "";
}
