using System.Text.Json;
using Connectors.Databricks.Management;

namespace Connectors.Databricks.AspNetCore.ModelHub.Endpoints;

/// <summary>Writes the metrics of the last minute, and the histogram of the latency for a chart.</summary>
internal static class MetricsToJson
{
    public static void Write(Utf8JsonWriter writer, EndpointMetrics metrics)
    {
        writer.WriteStartObject();
        JsonMembers.Number(writer, "requestsPerMinute"u8, metrics.RequestsPerMinute);
        JsonMembers.Number(writer, "clientErrorsPerMinute"u8, metrics.ClientErrorsPerMinute);
        JsonMembers.Number(writer, "serverErrorsPerMinute"u8, metrics.ServerErrorsPerMinute);
        JsonMembers.Number(writer, "provisionedConcurrency"u8, metrics.ProvisionedConcurrency);
        JsonMembers.Number(writer, "cpuPercent"u8, metrics.CpuUsagePercentage);
        JsonMembers.Number(writer, "memoryPercent"u8, metrics.MemoryUsagePercentage);
        JsonMembers.Number(writer, "gpuPercent"u8, metrics.GpuUsagePercentage);
        if (metrics.RequestLatency is { Count: > 0 } latency)
        {
            WriteLatency(writer, latency);
        }

        writer.WriteEndObject();
    }

    private static void WriteLatency(Utf8JsonWriter writer, MetricHistogram latency)
    {
        writer.WriteStartObject("latency"u8);
        JsonMembers.Number(writer, "count"u8, latency.Count);
        JsonMembers.Number(writer, "meanMs"u8, latency.Mean);
        JsonMembers.Number(writer, "p50Ms"u8, latency.Quantile(0.5));
        JsonMembers.Number(writer, "p95Ms"u8, latency.Quantile(0.95));
        JsonMembers.Number(writer, "p99Ms"u8, latency.Quantile(0.99));
        writer.WriteStartArray("buckets"u8);
        var below = 0.0;
        foreach (var bucket in latency.Buckets)
        {
            writer.WriteStartObject();
            JsonMembers.Number(writer, "upToMs"u8, bucket.UpperBound);
            JsonMembers.Number(writer, "count"u8, Math.Max(0, bucket.Count - below));
            writer.WriteEndObject();
            below = Math.Max(below, bucket.Count);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
