using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Transport;

/// <summary>Reads an error body of any shape: JSON, JSON inside a message, a Python literal, an event, plain text, HTML, nothing.</summary>
internal static partial class ServiceErrorFromWire
{
    /// <summary>
    /// Objects and texts inside each other, both counted: three documents in each other's message are 12; endless ones are refused.
    /// </summary>
    private const int DeepestNesting = 16;

    // In this order, the first that is not empty. "error" holds an object, or a code that the sibling "message" explains; "message" holds
    // text that may be JSON; "error_description" is OAuth's, "detail" SCIM's, "Message" that of AWS, and "title" that of problem details.
    // The error of a provider has two names, and any format ([issue databricks-demos/dbdemos#97]).
    private static readonly string[] InnerNames =
    [
        "external_model_error", "external_model_message", "error", "message", "error_description", "error", "detail", "errors", "Message",
        "title",
    ];

    private const int ErrorObject = 2;

    /// <summary>
    /// An object here was already read where it occurred first: reading nested ones twice per level would take exponential time.
    /// </summary>
    private const int ErrorText = 5;

    public static ServiceError Read(ReadOnlySpan<byte> body, string? mediaType, Redaction? redaction = null)
    {
        var text = Encoding.UTF8.GetString(body).Trim().TrimStart('\uFEFF');
        if (text.Length == 0)
        {
            return new ServiceError();
        }

        return HtmlPage.Is(text, mediaType)
            ? Read(() => new ServiceError { IsHtml = true, Message = HtmlPage.Words(text) }, redaction)
            : Read(() => FromText(text, depth: 0), redaction);
    }

    public static ServiceError Read(JsonElement document, Redaction? redaction = null) =>
        Read(() => FromJson(document, depth: 0), redaction);

    // Redacted before anything is cut off: of a secret that was cut, the rest would not be known.
    private static ServiceError Read(Func<ServiceError> read, Redaction? redaction)
    {
        redaction ??= Redaction.OfNone;
        try
        {
            var error = read();
            return error with
            {
                Code = error.Code is { } code ? ServiceError.CapId(redaction.Clean(code)) : null,
                Message = WithoutCode(error) is { } message ? redaction.Quote(message) : null,
                RequestId = error.RequestId is { } id ? ServiceError.CapId(redaction.Clean(id)) : null,
            };
        }
        catch (InvalidOperationException)
        {
            // Thrown by the parser for invalid UTF-16. The status is the failure to report, not this.
            return new ServiceError();
        }
    }

    // "CODE: text" as plain text, or as the message next to error_code: the exception already has the code.
    private static string? WithoutCode(ServiceError error) =>
        error is { Code: { } code, Message: { } message } && message.StartsWith($"{code}: ", StringComparison.Ordinal)
            ? message[(code.Length + 2)..].Trim()
            : error.Message;

    private static ServiceError FromText(string text, int depth)
    {
        text = FirstEvent(text.Trim());
        if (text is "null")
        {
            return new ServiceError();
        }

        if (HtmlPage.IsPage(text))
        {
            return new ServiceError { Message = HtmlPage.Words(text) };
        }

        if (text is ['"', .., '"'] && depth < DeepestNesting && TryParse(text.AsMemory(), out var quoted))
        {
            using (quoted)
            {
                return FromJson(quoted.RootElement, depth + 1);
            }
        }

        var brace = text.IndexOf('{', StringComparison.Ordinal);
        if (brace >= 0 && depth < DeepestNesting && TryParse(text.AsMemory(brace), out var document))
        {
            using (document)
            {
                var inner = FromJson(document.RootElement, depth + 1);
                if (brace == 0 || inner.Message is not null || inner.Code is not null)
                {
                    return brace == 0 ? inner : Coded(text, inner);
                }
            }
        }

        if (brace >= 0 && depth < DeepestNesting && PythonLiteral.ToJson(text.AsSpan(brace)) is { } json)
        {
            var inner = FromText(json, depth + 1);
            if (inner.Message is not null || inner.Code is not null)
            {
                return brace == 0 ? inner : Coded(text, inner);
            }
        }

        return text is ['{' or '[', ..] ? FromBrokenJson(text, depth) : Coded(text, new ServiceError { Message = text });
    }

    // In response to a streaming request an endpoint may send its error as an event, whatever the status.
    private static string FirstEvent(string text)
    {
        if (!text.StartsWith("data:", StringComparison.Ordinal) && !text.StartsWith("event:", StringComparison.Ordinal))
        {
            return text;
        }

        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("data:") && line[5..].Trim() is { Length: > 0 } data)
            {
                return data.ToString();
            }
        }

        return text;
    }

    private static ServiceError FromBrokenJson(string text, int depth)
    {
        var (code, message) = depth < DeepestNesting ? BrokenJson.Read(text) : default;
        var inner = message is null ? new ServiceError() : FromText(message, depth + 1);
        return inner with { Code = code ?? inner.Code };
    }

    /// <summary>"CODE: text" names the code in front.</summary>
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
        if (depth >= DeepestNesting)
        {
            return new ServiceError();
        }

        switch (document.ValueKind)
        {
            case JsonValueKind.Object:
                return GuardrailFromWire.Read(document) ?? FromObject(document, depth);
            case JsonValueKind.Array:
                return FromArray(document, depth);
            case JsonValueKind.String:
                return FromText(document.GetString()!, depth);
            default:
                return new ServiceError { Message = document.GetRawText() };
        }
    }

    private static ServiceError FromObject(JsonElement document, int depth)
    {
        var inner = Inner(document, depth);
        return new ServiceError
        {
            // The innermost code is the provider's; Databricks' own error_code is the one callers match on, unless it repeats the status.
            Code = Word(document, "error_code") ?? inner?.Code ?? ProviderCode(document) ??
                Word(document, "scimType") ?? ErrorDetails.Reason(document) ?? ErrorDetails.Text(document, "error_code"),
            Message = Prefixed(document, inner?.Message),
            RequestId = ErrorDetails.RequestId(document) ?? inner?.RequestId,
            RetryAfter = ErrorDetails.RetryAfter(document) ?? inner?.RetryAfter,
            Guardrail = inner?.Guardrail,
        };
    }

    // Validation errors of pydantic: each item has a text in "msg", and the caller's own text in "input". Google sends lists of errors.
    private static ServiceError FromArray(JsonElement items, int depth)
    {
        var words = items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            .Select(item => ErrorDetails.Text(item, "msg"));
        var text = string.Join("; ", words.OfType<string>().Take(ServiceError.LongestMessage));
        return text.Length > 0 ? new ServiceError { Message = text } :
            items.GetArrayLength() > 0 && items[0].ValueKind == JsonValueKind.Object ? FromJson(items[0], depth + 1) : new ServiceError();
    }

    // OpenAI's format repeats the HTTP status in "code", as a number or as text; then "type" is more specific. Google's has its code in
    // "status", next to the number, and OAuth's in "error", next to the description.
    private static string? ProviderCode(JsonElement document) =>
        Word(document, "code") ?? (Word(document, "type") is { } type && !type.Contains(':', StringComparison.Ordinal) ? type : null) ??
        (Word(document, "status") is { } status && UpperCode().IsMatch(status) ? status : null) ??
        (document.TryGetProperty("error_description", out _) ? Word(document, "error") : null) ??
        ErrorDetails.Text(document, "code");

    /// <summary>The text of a member, unless it is empty, a number, or Python's text for a missing value.</summary>
    private static string? Word(JsonElement document, string name) =>
        document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text &&
        text is not ("None" or "null") && !text.AsSpan().ContainsOnly('0', '9') ? text : null;

    private static bool ContainsOnly(this ReadOnlySpan<char> text, char first, char last) => !text.ContainsAnyExceptInRange(first, last);

    private static ServiceError? Inner(JsonElement document, int depth)
    {
        for (var i = 0; i < InnerNames.Length; i++)
        {
            if (document.TryGetProperty(InnerNames[i], out var value) && value.ValueKind is not JsonValueKind.Null &&
                !(i == ErrorObject && value.ValueKind != JsonValueKind.Object) &&
                !(i == ErrorText && value.ValueKind == JsonValueKind.Object) &&
                FromJson(value, depth + 1) is { } inner && (inner.Message is { Length: > 0 } || inner.Code is not null))
            {
                return inner;
            }
        }

        return null;
    }

    private static string? Prefixed(JsonElement document, string? message) =>
        message is not null && ErrorDetails.Text(document, "external_model_provider") is { } provider
            ? $"{provider}: {message}"
            : message;

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

    [GeneratedRegex("^[A-Z][A-Z_]+$")]
    private static partial Regex UpperCode();

    [GeneratedRegex("^([A-Z][A-Z_]+): ")]
    private static partial Regex CodePrefix();
}
