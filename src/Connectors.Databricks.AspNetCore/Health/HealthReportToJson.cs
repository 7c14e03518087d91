using System.Globalization;
using System.Text.Json;
using Connectors.Databricks.AspNetCore.Errors;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connectors.Databricks.AspNetCore.Health;

/// <summary>
/// Writes the results of health checks. The reason of an endpoint is its state, because descriptions may contain messages of the workspace.
/// </summary>
internal sealed class HealthReportToJson(bool includesDetails)
{
    private const string Ready = "READY";
    private const string UpdateFailed = "UPDATE_FAILED";

    public void Write(Utf8JsonWriter writer, HealthReport report)
    {
        writer.WriteStartObject();
        writer.WriteString("status"u8, StatusOf(report.Status));
        writer.WriteStartArray("checks"u8);
        foreach (var (name, entry) in report.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, name);
            writer.WriteString("status"u8, StatusOf(entry.Status));
            if (entry.Status != HealthStatus.Healthy && ReasonOf(entry) is { } reason)
            {
                writer.WriteString("reason"u8, reason);
            }

            if (includesDetails)
            {
                WriteDetails(writer, entry);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string StatusOf(HealthStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    private static string? ReasonOf(HealthReportEntry entry)
    {
        if (entry.Exception is { } exception)
        {
            return RequestErrorFromException.IsHandled(exception)
                ? new Problem(RequestErrorFromException.Map(exception), includesServiceMessage: false).Detail
                : "The health check failed.";
        }

        // Health checks of other libraries have other data.
        if (Text(entry, "endpoint") is null || Text(entry, "ready") is not { } ready || Text(entry, "config_update") is not { } update)
        {
            return null;
        }

        return (ready == Ready, update == UpdateFailed) switch
        {
            (false, _) when entry.Data.ContainsKey("model_service") => "The model service has no destination.",
            (false, _) => $"The endpoint is not ready ({(ready.Length == 0 ? "unknown" : ready)}, {update}).",
            (true, true) => "The endpoint is ready, but its last update failed.",
            _ => "The endpoint is ready, but it is scaled to zero.",
        };
    }

    private static string? Text(HealthReportEntry entry, string name) =>
        entry.Data.TryGetValue(name, out var value) ? value as string : null;

    private static void WriteDetails(Utf8JsonWriter writer, HealthReportEntry entry)
    {
        if (entry.Description is { } description)
        {
            writer.WriteString("description"u8, description);
        }

        writer.WriteNumber("durationMilliseconds"u8, entry.Duration.TotalMilliseconds);
        writer.WriteStartObject("data"u8);
        foreach (var (name, value) in entry.Data)
        {
            writer.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
        }

        writer.WriteEndObject();
    }
}
