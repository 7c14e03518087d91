using System.Globalization;
using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.Management.Metrics;

/// <summary>Writes metrics as one line, for assertions.</summary>
internal static class MetricsText
{
    public static string Of(EndpointMetrics metrics) => string.Join(" | ", metrics.Families.Select(Of));

    private static string Of(MetricFamily family) =>
        $"{family.Name} {family.Type} '{family.Help}' {string.Join(' ', family.Samples.Select(Of))}";

    private static string Of(MetricSample sample)
    {
        var exemplar = sample.Exemplar is { } of ? $"#{Of(of.Labels, of.Value, of.Timestamp)}" : "";
        return sample.Name + Of(sample.Labels, sample.Value, sample.Timestamp) + exemplar;
    }

    private static string Of(IReadOnlyDictionary<string, string> labels, double value, DateTimeOffset? timestamp) =>
        $"{{{string.Join(',', labels.Select(label => $"{label.Key}={label.Value}"))}}}={value.ToString(CultureInfo.InvariantCulture)}"
        + (timestamp is { } time ? $"@{time.ToUnixTimeMilliseconds()}" : "");
}
