using System.Text.Json;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>The error of a token endpoint, in any of the shapes of authentication reference §6.3 and §9.</summary>
internal sealed partial record OAuthError(string? Code, string Text)
{
    /// <returns>Null when the body is none of them.</returns>
    public static OAuthError? Read(byte[] body)
    {
        try
        {
            using var document = TokenJson.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter is thrown for invalid UTF-16, such as an unpaired surrogate.
            return null;
        }
    }

    /// <summary>The error that a service reports in a 200 response.</summary>
    /// <returns>Null when the document reports none, or when it has a token nevertheless.</returns>
    public static OAuthError? InSuccess(JsonElement root) =>
        IsError(root, "error") || IsError(root, "errorCode") || IsError(root, "error_code")
            ? Member(root, "access_token") is { Length: > 0 } ? null : Read(root)
            : null;

    private static bool IsError(JsonElement root, string name) => root.TryGetProperty(name, out var error) && error.ValueKind switch
    {
        JsonValueKind.String => Member(root, name) is { Length: > 0 },
        JsonValueKind.Object => error.EnumerateObject().Any(),
        _ => false,
    };

    private static OAuthError? Read(JsonElement root)
    {
        if (root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
        {
            // Azure's resource manager.
            return Of(Member(error, "code"), Member(error, "message"));
        }

        var code = Member(root, "error") ?? Member(root, "errorCode") ?? Member(root, "error_code");
        var text = Member(root, "error_description") ?? Member(root, "errorSummary") ?? Member(root, "message");
        if (text is not null && TraceId().Match(text) is { Success: true } ids)
        {
            text = text[..ids.Index];
        }

        var said = Of(code, text);
        return Member(root, "error_uri") is not { Length: > 0 } uri ? said
            : said is null ? new OAuthError(null, $"See {uri}")
            : said with { Text = $"{said.Text.TrimEnd('.')}. See {uri}" };
    }

    private static OAuthError? Of(string? code, string? text) => (code, text) switch
    {
        (null, null) => null,
        (null, _) => new OAuthError(null, text),
        (_, null) => new OAuthError(code, code),
        _ => new OAuthError(code, $"{code}: {text}"),
    };

    // Entra follows its sentence with ids for its support, on the same line or on lines of their own.
    [GeneratedRegex(@"\.\s+Trace ID")]
    private static partial Regex TraceId();

    private static string? Member(JsonElement element, string name) => TokenFromWire.Text(element, name);
}
