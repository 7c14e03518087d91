using System.Diagnostics;
using System.Globalization;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Emulator.Sql;

namespace Connectors.Databricks.SqlBatch;

/// <summary>
/// Runs a batch with ten times as many rows each time, on an emulator of its own, and compares the additional time per additional row:
/// linear growth keeps it constant, and fixed costs cancel out. The shortest durations count. When they are not linear, all are measured
/// again: load of other processes ends, and a batch that does not grow linearly never does.
/// </summary>
internal static class GrowthRun
{
    /// <summary>The bound of the ratio of the last cost per row to the cheapest one before.</summary>
    private const double MaxRatio = 1.5;

    /// <summary>Below this number of rows, fixed costs and their noise are larger than those of the rows.</summary>
    private const int FewestRows = 1000;

    private const int Repeats = 3;

    /// <summary>How often the repeats are measured at most.</summary>
    private const int Attempts = 4;

    /// <returns>Whether every row has a response, and the duration grows linearly.</returns>
    public static async Task<bool> RunAsync(int mostRows)
    {
        await MeasureAsync(FewestRows);
        var runs = new SortedDictionary<int, double>();
        var isLinear = false;
        for (var attempt = 0; attempt < Attempts && !isLinear; attempt++)
        {
            for (var repeat = 0; repeat < Repeats; repeat++)
            {
                for (var rows = 10; rows <= mostRows; rows *= 10)
                {
                    runs[rows] = Math.Min(runs.GetValueOrDefault(rows, double.MaxValue), await MeasureAsync(rows));
                }
            }

            isLinear = Judge(runs);
        }

        return isLinear;
    }

    private static bool Judge(SortedDictionary<int, double> runs)
    {
        foreach (var (rows, seconds) in runs)
        {
            Print($"{rows,9:N0} rows  {seconds,9:N3} s  {seconds / rows * 1e6,9:N1} µs per row");
        }

        (int Rows, double Cost)[] costs =
        [
            .. runs.Zip(runs.Skip(1), (less, more) => (Rows: more.Key, Cost: (more.Value - less.Value) / (more.Key - less.Key)))
                .Where(cost => cost.Rows >= FewestRows),
        ];
        foreach (var (rows, cost) in costs)
        {
            Print($"up to {rows,9:N0} rows: {cost * 1e6,7:N1} µs per additional row");
        }

        var last = runs.Last();
        var ratio = costs.Length < 2
            ? costs[0].Cost / (last.Value / last.Key)
            : costs[^1].Cost / costs[..^1].Min(cost => cost.Cost);

        // Negative when fewer rows took longer, which is noise.
        var isLinear = ratio is > 0 and <= MaxRatio;
        Print($"ratio {ratio:N2} of at most {MaxRatio:N2}: {(isLinear ? "linear" : "NOT LINEAR")}");
        return isLinear;
    }

    private static async Task<double> MeasureAsync(int rows)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var warehouse = emulator.UseSqlWarehouse();
        warehouse.CreateTable(
            "main.src.tickets", "id BIGINT, body STRING",
            Enumerable.Range(1, rows).Select(number => new object?[] { number, $"Ticket {number}" }));
        warehouse.CreateSchema("main", "out");
        var serving = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token));
        var polls = new SqlStatementOptions
        {
            MinPollInterval = TimeSpan.FromMilliseconds(2),
            MaxPollInterval = TimeSpan.FromMilliseconds(20),
        };
        var sql = serving.GetSqlStatementClient(warehouse.Id, polls);
        var batch = new AiQueryBatch(sql, new AiQueryBatchOptions(
            "system.ai.claude-sonnet-4-5", SqlTableName.Parse("main.src.tickets"), SqlTableName.Parse("main.out.scored"), "id", "body"));

        var started = Stopwatch.GetTimestamp();
        var result = await batch.RunAsync();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

        var requests = warehouse.Statements.Sum(statement => statement.ModelRequests);
        return result.Rows == rows && result.FailedRows == 0 && requests == rows
            ? seconds
            : throw new InvalidOperationException($"{rows} rows: {result.Rows} results, {result.FailedRows} failed, {requests} requests.");
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
