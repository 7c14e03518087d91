using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Connectors.Databricks.Benchmarks.Measuring;

/// <summary>Divides a measure by the number of deltas in the stream.</summary>
internal sealed class PerDeltaColumn : IColumn
{
    private readonly Func<BenchmarkReport, double?> _measure;
    private readonly string _format;

    private PerDeltaColumn(string name, string legend, string format, Func<BenchmarkReport, double?> measure)
    {
        ColumnName = name;
        Legend = legend;
        _format = format;
        _measure = measure;
    }

    public static PerDeltaColumn Time { get; } =
        new("ns/delta", "Mean time divided by the number of deltas", "F0", report => report.ResultStatistics?.Mean);

    public static PerDeltaColumn Bytes { get; } = new(
        "B/delta", "Allocated bytes divided by the number of deltas", "F0",
        report => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase));

    public string Id => ColumnName;

    public string ColumnName { get; }

    public bool AlwaysShow => false;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend { get; }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        benchmarkCase.Parameters[nameof(StreamingDeltas.Deltas)] is int deltas && summary[benchmarkCase] is { } report && _measure(report) is { } value
            ? (value / deltas).ToString(_format, CultureInfo.InvariantCulture)
            : "-";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(benchmark => benchmark.Parameters[nameof(StreamingDeltas.Deltas)] is int);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
}
