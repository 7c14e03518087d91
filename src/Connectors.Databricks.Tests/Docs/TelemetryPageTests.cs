using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>docs/observability.md names what there is to hear, and nothing else.</summary>
public partial class TelemetryPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs/observability.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_page_lists_every_measurement_with_its_kind_and_unit() =>
        Assert.Equal(Instruments().Order(StringComparer.Ordinal), Rows("Metrics").Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_lists_every_activity() =>
        Assert.Equal(["databricks.attempt", "databricks.token"], Rows("Activities").Select(row => row.Split(' ')[0]));

    [Fact]
    public void The_set_up_hears_the_source_and_the_meter_by_their_names()
    {
        Assert.Contains($".AddSource(\"{ServingTelemetry.Activities.Name}\")", Page, StringComparison.Ordinal);
        Assert.Contains($".AddMeter(\"{ServingTelemetry.Retries.Meter.Name}\")", Page, StringComparison.Ordinal);
    }

    private static List<string> Instruments()
    {
        var found = new List<string>();
        RuntimeHelpers.RunClassConstructor(typeof(ServingTelemetry).TypeHandle);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == ServingTelemetry.Name)
            {
                found.Add($"{instrument.Name} {(instrument is Counter<long> ? "counter" : $"histogram, {instrument.Unit}")}");
            }
        };
        listener.Start();
        return found;
    }

    // The first two cells of each row of the table below a heading.
    private static IEnumerable<string> Rows(string heading)
    {
        var start = Page.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        var end = Page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return Row().Matches(Page[start..end]).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}");
    }

    [GeneratedRegex(@"^\| `([^`]+)` \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
