using System.Text.Json;
using Connectors.Databricks.Discovery.Tools;

namespace Connectors.Databricks.Management.Tools;

/// <summary><c>get_endpoint_metrics</c>: a summary of the metrics of an endpoint.</summary>
internal sealed class MetricsTool(DatabricksManagementClient management, ToolContext context) : EndpointTool(
    "get_endpoint_metrics",
    "Gets how an endpoint is doing: requests and errors in the last minute, latency in milliseconds (median, 95 and 99 percent), " +
    "processor and memory use in percent, provisioned concurrency. Pay-per-token endpoints have no metrics.",
    """{"type":"object","properties":{"name":{"type":"string","description":"The exact name of the endpoint"}},"required":["name"]}""",
    context)
{
    protected override async Task<JsonElement> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var metrics = await management.Monitoring.GetMetricsAsync(arguments.EndpointName(), cancellationToken).ConfigureAwait(false);
        return Write(writer =>
        {
            WriteNumber(writer, "requests_last_minute"u8, metrics.RequestsPerMinute);
            WriteNumber(writer, "refused_last_minute_4xx"u8, metrics.ClientErrorsPerMinute);
            WriteNumber(writer, "failed_last_minute_5xx"u8, metrics.ServerErrorsPerMinute);
            WriteLatency(writer, "latency_ms"u8, metrics.RequestLatency);
            WriteLatency(writer, "queue_ms"u8, metrics.QueueTime);
            WriteNumber(writer, "cpu_percent"u8, metrics.CpuUsagePercentage);
            WriteNumber(writer, "memory_percent"u8, metrics.MemoryUsagePercentage);
            WriteNumber(writer, "gpu_percent"u8, metrics.GpuUsagePercentage);
            WriteNumber(writer, "provisioned_concurrency"u8, metrics.ProvisionedConcurrency);
        });
    }

    private static void WriteLatency(Utf8JsonWriter writer, ReadOnlySpan<byte> name, MetricHistogram? histogram)
    {
        if (histogram is not { Count: > 0 } counted)
        {
            return;
        }

        writer.WriteStartObject(name);
        WriteNumber(writer, "median"u8, counted.Quantile(0.5));
        WriteNumber(writer, "p95"u8, counted.Quantile(0.95));
        WriteNumber(writer, "p99"u8, counted.Quantile(0.99));
        writer.WriteEndObject();
    }

    // A quantile beyond the last bucket is infinite, which JSON cannot represent.
    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumber(name, Math.Round(number, 2));
        }
    }
}
