using System.Text.Json;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>What an error body of a token service says, in any of the shapes of authentication reference §6.3 and §9.</summary>
internal sealed record OAuthError(string? Code, string Text)
{
    // Entra follows its sentence with ids for its support.
    private const string TraceId = ". Trace ID";

    /// <returns>Null when the body is none of them.</returns>
    public static OAuthError? Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static OAuthError? Read(JsonElement root)
    {
        if (root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
        {
            // Azure's resource manager.
            return Of(Member(error, "code"), Member(error, "message"));
        }

        var code = Member(root, "error") ?? Member(root, "errorCode") ?? Member(root, "error_code");
        var text = Member(root, "error_description") ?? Member(root, "errorSummary") ?? Member(root, "message");
        if (text?.IndexOf(TraceId, StringComparison.Ordinal) is >= 0 and var cut)
        {
            text = text[..cut];
        }

        return Of(code, Member(root, "error_uri") is { } uri ? $"{text?.TrimEnd('.')}. See {uri}" : text);
    }

    private static OAuthError? Of(string? code, string? text) => (code, text) switch
    {
        (null, null) => null,
        (null, _) => new OAuthError(null, text),
        (_, null) => new OAuthError(code, code),
        _ => new OAuthError(code, $"{code}: {text}"),
    };

    private static string? Member(JsonElement element, string name) => TokenFromWire.Text(element, name);
}
