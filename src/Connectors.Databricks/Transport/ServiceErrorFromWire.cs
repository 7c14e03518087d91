using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Transport;

/// <summary>Reads an error body of any shape: JSON, JSON inside a message, plain text, HTML, nothing.</summary>
internal static partial class ServiceErrorFromWire
{
    /// <summary>Objects and texts inside each other, both counted: three documents in each other's message are 12; endless ones are refused.</summary>
    private const int DeepestNesting = 16;

    public static ServiceError Read(ReadOnlySpan<byte> body, string? mediaType)
    {
        var text = Encoding.UTF8.GetString(body).Trim().TrimStart('\uFEFF');
        if (text.Length == 0)
        {
            return new ServiceError();
        }

        if (string.Equals(mediaType, "text/html", StringComparison.OrdinalIgnoreCase) || HtmlStart().IsMatch(text))
        {
            return new ServiceError { IsHtml = true, Message = ServiceError.Cap(HtmlText(text)) };
        }

        return FromText(text, depth: 0);
    }

    public static ServiceError Read(JsonElement document) => FromJson(document, depth: 0);

    private static ServiceError FromText(string text, int depth)
    {
        var brace = text.IndexOf('{', StringComparison.Ordinal);
        if (brace >= 0 && depth < DeepestNesting && TryParse(text.AsMemory(brace), out var document))
        {
            using (document)
            {
                var inner = FromJson(document.RootElement, depth + 1);
                if (inner.Message is not null || inner.Code is not null)
                {
                    return brace == 0 ? inner : Coded(text, inner);
                }
            }
        }

        return Coded(text, new ServiceError { Message = ServiceError.Cap(text) });
    }

    /// <summary>"CODE: text" names the code in front; the code is taken, and cut off when it stands alone.</summary>
    private static ServiceError Coded(string text, ServiceError error)
    {
        var match = CodePrefix().Match(text);
        if (!match.Success || error.Code is not null)
        {
            return error;
        }

        return error with { Code = match.Groups[1].Value };
    }

    private static ServiceError FromJson(JsonElement document, int depth)
    {
        if (document.ValueKind == JsonValueKind.String)
        {
            return FromText(document.GetString()!, depth);
        }

        if (document.ValueKind != JsonValueKind.Object)
        {
            return new ServiceError { Message = ServiceError.Cap(document.GetRawText()) };
        }

        if (GuardrailFromWire.Read(document) is { } blocked)
        {
            return blocked;
        }

        var inner = Inner(document, depth);
        return new ServiceError
        {
            // The innermost code is the provider's; Databricks' own error_code is the one callers match on.
            Code = Text(document, "error_code") ?? inner?.Code ?? OpenAICode(document),
            Message = Prefixed(document, inner?.Message),
            RequestId = RequestId(document) ?? inner?.RequestId,
            RetryAfter = RetryAfter(document) ?? inner?.RetryAfter,
            Guardrail = inner?.Guardrail,
        };
    }

    // OpenAI's shape repeats the HTTP status as a number in "code"; then "type" says more.
    private static string? OpenAICode(JsonElement document) =>
        document.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String && code.GetString() is { Length: > 0 } text
            ? text
            : Text(document, "type") ?? Text(document, "code");

    // "external_model_error" and "error" hold objects or text; "message" holds text that may be JSON; "detail" is SCIM's.
    private static ServiceError? Inner(JsonElement document, int depth)
    {
        foreach (var name in (ReadOnlySpan<string>)["external_model_error", "error", "message", "detail"])
        {
            if (document.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            {
                return depth < DeepestNesting ? FromJson(value, depth + 1) : new ServiceError { Message = ServiceError.Cap(value.GetRawText()) };
            }
        }

        return null;
    }

    private static string? Prefixed(JsonElement document, string? message) =>
        message is not null && Text(document, "external_model_provider") is { } provider ? ServiceError.Cap($"{provider}: {message}") : message;

    private static string? Text(JsonElement document, string name) =>
        !document.TryGetProperty(name, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    private static string? RequestId(JsonElement document) =>
        Detail(document, "RequestInfo") is { } info ? Text(info, "request_id") : null;

    private static TimeSpan? RetryAfter(JsonElement document)
    {
        if (document.TryGetProperty("retry_after", out var seconds) && seconds.ValueKind == JsonValueKind.Number)
        {
            return ReplyHeaders.Seconds(seconds.GetDouble());
        }

        // A protobuf duration: "3s", "0.5s".
        return Detail(document, "RetryInfo") is { } info && Text(info, "retry_delay") is { } delay && delay.EndsWith('s') &&
            double.TryParse(delay.AsSpan(0, delay.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? ReplyHeaders.Seconds(value)
            : null;
    }

    private static JsonElement? Detail(JsonElement document, string type)
    {
        if (document.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Array)
        {
            foreach (var detail in details.EnumerateArray())
            {
                if (detail.ValueKind == JsonValueKind.Object && Text(detail, "@type")?.EndsWith($".{type}", StringComparison.Ordinal) == true)
                {
                    return detail;
                }
            }
        }

        return null;
    }

    private static bool TryParse(ReadOnlyMemory<char> text, out JsonDocument document)
    {
        try
        {
            document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            document = null!;
            return false;
        }
    }

    private static string? HtmlText(string html)
    {
        var match = HtmlPre().Match(html);
        match = match.Success ? match : HtmlTitle().Match(html);
        var text = match.Success ? WebUtility.HtmlDecode(match.Groups[1].Value).Trim() : string.Empty;
        return text.Length == 0 ? null : text;
    }

    [GeneratedRegex("^([A-Z][A-Z_]+): ")]
    private static partial Regex CodePrefix();

    [GeneratedRegex(@"^<(!doctype|html|head|body)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HtmlStart();

    [GeneratedRegex("<pre[^>]*>(.*?)</pre>", RegexOptions.IgnoreCase | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HtmlPre();

    [GeneratedRegex("<title[^>]*>(.*?)</title>", RegexOptions.IgnoreCase | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HtmlTitle();
}
