using System.Globalization;
using System.Text;
using Connectors.Databricks.Emulator.Endpoints;

namespace Connectors.Databricks.Emulator.Management;

/// <summary>
/// The metrics of an endpoint in OpenMetrics text (§9.10), counted from what it served. Unconfirmed: the labels, the help texts, and the
/// values of processor and memory, which are made up from the requests of the last minute.
/// </summary>
internal static class MetricsText
{
    private const int ConcurrencyOfSmall = 4;

    public static string Write(ServingEndpoint endpoint, EndpointState state)
    {
        ServedEntity[] entities = [.. state.Active?.Entities ?? []];
        var text = new StringBuilder();
        var counts
            = entities.ToDictionary(entity => entity.Name, entity => endpoint.Record.Count(entity.Name));

        void Gauge(string name, string help, Func<ServedEntity, double> value)
        {
            Head(text, name, "gauge", help);
            foreach (var entity in entities)
            {
                Sample(text, name, Labels(endpoint, entity), value(entity));
            }
        }

        bool IsAsleep(ServedEntity entity) => state.IsStopped || entity.Message.Length > 0;
        Gauge("cpu_usage_percentage", "CPU used by the served entity.",
            entity => IsAsleep(entity) ? 0 : Math.Min(100, 2 + counts[entity.Name].All));
        Gauge("mem_usage_percentage", "Memory used by the served entity.", entity => IsAsleep(entity) ? 0 : 12.5);
        Gauge("provisioned_concurrent_requests_total", "Requests that can be served at once.",
            entity => IsAsleep(entity) ? 0 : ConcurrencyOfSmall);
        Gauge("request_count_total", "Requests in the last minute.", entity => counts[entity.Name].All);
        Gauge("request_4xx_count_total", "Client errors in the last minute.", entity => counts[entity.Name].ClientErrors);
        Gauge("request_5xx_count_total", "Server errors in the last minute.", entity => counts[entity.Name].ServerErrors);
        Head(text, "request_latency_ms", "histogram", "Time from request to response, in milliseconds.");
        foreach (var entity in entities)
        {
            Histogram(text, "request_latency_ms", Labels(endpoint, entity), counts[entity.Name].Latency);
        }

        return text.Append("# EOF\n").ToString();
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Histogram(StringBuilder text, string name, string labels, LatencyHistogram histogram)
    {
        for (var bound = 0; bound <= LatencyHistogram.Bounds.Length; bound++)
        {
            var le = bound < LatencyHistogram.Bounds.Length
                ? LatencyHistogram.Bounds[bound].ToString(CultureInfo.InvariantCulture)
                : "+Inf";
            Sample(text, name + "_bucket", $"{labels},le=\"{le}\"", histogram.UpTo(bound));
        }

        Sample(text, name + "_sum", labels, histogram.Sum);
        Sample(text, name + "_count", labels, histogram.Count);
    }

    private static string Labels(ServingEndpoint endpoint, ServedEntity entity) =>
        $"endpoint_name=\"{endpoint.Name}\",served_entity=\"{entity.Name}\"";

    private static void Sample(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append('{').Append(labels).Append("} ")
            .Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
