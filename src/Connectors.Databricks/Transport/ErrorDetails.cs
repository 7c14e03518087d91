using System.Globalization;
using System.Text.Json;

namespace Connectors.Databricks.Transport;

/// <summary>Reads the <c>google.rpc</c> items in the <c>details</c> of an error document (serving reference §10.2).</summary>
internal static class ErrorDetails
{
    public static string? RequestId(JsonElement document) =>
        Find(document, "RequestInfo") is { } info ? Text(info, "request_id") : null;

    public static string? Reason(JsonElement document) =>
        Find(document, "ErrorInfo") is { } info ? Text(info, "reason") : null;

    /// <summary>The requested delay: <c>retry_after</c> in seconds, or a protobuf duration such as "3s" or "0.5s".</summary>
    public static TimeSpan? RetryAfter(JsonElement document)
    {
        if (document.TryGetProperty("retry_after", out var seconds) && seconds.ValueKind == JsonValueKind.Number)
        {
            return ReplyHeaders.Seconds(seconds.GetDouble());
        }

        return Find(document, "RetryInfo") is { } info && Text(info, "retry_delay") is { } delay && delay.EndsWith('s') &&
            double.TryParse(delay.AsSpan(0, delay.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? ReplyHeaders.Seconds(value)
            : null;
    }

    /// <summary>A string member, or a number as written; null when it is anything else, or empty.</summary>
    public static string? Text(JsonElement document, string name) =>
        !document.TryGetProperty(name, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    private static JsonElement? Find(JsonElement document, string type)
    {
        if (document.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Array)
        {
            foreach (var detail in details.EnumerateArray())
            {
                if (detail.ValueKind == JsonValueKind.Object
                    && Text(detail, "@type")?.EndsWith($".{type}", StringComparison.Ordinal) == true)
                {
                    return detail;
                }
            }
        }

        return null;
    }
}
