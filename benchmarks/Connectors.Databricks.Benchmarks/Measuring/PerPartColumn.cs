using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Connectors.Databricks.Benchmarks.Classes;
using Connectors.Databricks.Benchmarks.Scenarios;

namespace Connectors.Databricks.Benchmarks.Measuring;

/// <summary>Divides a measure by the number of parts, vectors or endpoints that it handles.</summary>
internal sealed class PerPartColumn : IColumn
{
    private readonly Func<BenchmarkReport, double?> _measure;
    private readonly string _format;

    private PerPartColumn(string name, string legend, string format, Func<BenchmarkReport, double?> measure)
    {
        ColumnName = name;
        Legend = legend;
        _format = format;
        _measure = measure;
    }

    public static PerPartColumn Time { get; } =
        new("ns/part", "Mean time divided by the number of parts", "F0", report => report.ResultStatistics?.Mean);

    public static PerPartColumn Bytes { get; } = new(
        "B/part", "Allocated bytes divided by the number of parts", "F0",
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
        Parts(benchmarkCase) is > 1 and var parts && summary[benchmarkCase] is { } report && _measure(report) is { } value
            ? (value / parts).ToString(_format, CultureInfo.InvariantCulture)
            : "-";

    private static int Parts(BenchmarkCase benchmarkCase) =>
        benchmarkCase.Parameters[nameof(ScenarioBenchmark.Scenario)] is string name ? Suite.New(name).Parts : 1;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(benchmark => Parts(benchmark) > 1);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
}
