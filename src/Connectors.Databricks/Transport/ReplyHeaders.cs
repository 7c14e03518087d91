using System.Globalization;
using System.Net.Http.Headers;

namespace Connectors.Databricks.Transport;

/// <summary>Reads the response headers that carry facts (serving reference §1.4).</summary>
internal static class ReplyHeaders
{
    // In the order of preference that other clients use.
    private static readonly string[] RequestIdNames = ["x-databricks-request-id", "x-request-id", "request-id"];

    public static string? RequestId(HttpResponseHeaders headers)
    {
        foreach (var name in RequestIdNames)
        {
            if (First(headers, name) is { Length: > 0 } id)
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>The W3C trace context of Unity Gateway.</summary>
    public static string? TraceResponse(HttpResponseHeaders headers) =>
        First(headers, "traceresponse") is { Length: > 0 } trace ? trace : null;

    /// <summary>
    /// The media type as it was sent, without parameters: parsing the header whole would cost more than the rest of the headers.
    /// </summary>
    public static string? MediaType(HttpContentHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues("Content-Type", out var values))
        {
            return null;
        }

        var text = values.ToString();
        var end = text.IndexOf(';', StringComparison.Ordinal);
        return end < 0 ? text : text[..end].TrimEnd();
    }

    public static string? First(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    /// <summary>Seconds or an HTTP date; a date in the past means now.</summary>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, TimeProvider clock)
    {
        if (First(headers, "retry-after") is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return Seconds(seconds);
        }

        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return null;
        }

        var wait = date - clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>A time span that cannot overflow, whatever the service wrote.</summary>
    public static TimeSpan? Seconds(double seconds) =>
        double.IsNaN(seconds) || seconds < 0 ? null : TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(365).TotalSeconds));
}
