using System.Net;

namespace Connectors.Databricks.Transport;

/// <summary>The content of an error body in any of its formats (serving reference §10.2).</summary>
internal sealed record ServiceError
{
    public const int LongestMessage = 1024;

    /// <summary>The code of a call that came from outside the workspace's private link.</summary>
    public const string PrivateLink = "PRIVATE_LINK_VALIDATION_ERROR";

    /// <summary>Of a token that is valid and lacks a scope: another token of the same kind lacks it too.</summary>
    public const string RequiredScopes = "required scopes";

    private const int LongestId = 128;

    /// <summary>The service's own code; the innermost one that is given.</summary>
    public string? Code { get; init; }

    /// <summary>The service's message, extracted from nested JSON, at most <see cref="LongestMessage"/> characters.</summary>
    public string? Message { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The body of the rejected request, for hints that name a part of it.</summary>
    public RequestBody? Request { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary><c>input_guardrail</c> or <c>output_guardrail</c>.</summary>
    public string? Guardrail { get; init; }

    public bool IsHtml { get; init; }

    /// <summary>Whether a 403 blames the token and not the permission: expiry may arrive so ([issue n8n-io/n8n#34147]).</summary>
    public bool SpeaksOfToken => BlamesToken(Message);

    /// <summary>Whether a tool needs a login of the user (serving reference §8.3).</summary>
    public bool IsToolLogin => string.Equals(Code, "oauth", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether Unity Gateway rejects the token: with 400 and this text alone.</summary>
    public bool IsInvalidToken => Code is null && IsInvalidTokenText(Message);

    /// <summary>Whether the token was issued for another audience, which is a 400 ([issue databricks-sdk-py#657]).</summary>
    public bool IsWrongAudience =>
        Message is { } text && text.Contains("aud claim", StringComparison.OrdinalIgnoreCase)
            && text.Contains("expected", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a 400 is about the token and not about the request.</summary>
    public bool IsAboutToken => IsInvalidToken || IsWrongAudience;

    public static string? Cap(string? text) => Cap(text, LongestMessage);

    /// <summary>Of a code or an id, which have no reason to be long.</summary>
    public static string? CapId(string? text) => Cap(text, LongestId);

    private static string? Cap(string? text, int longest) =>
        text is null || text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 1), "…");

    /// <summary>Whether another token might be accepted.</summary>
    public static bool IsTokenRejection(HttpStatusCode status, string? message) =>
        status == HttpStatusCode.Unauthorized || (status == HttpStatusCode.Forbidden && BlamesToken(message)) ||
        (status == HttpStatusCode.BadRequest && IsInvalidTokenText(message));

    private static bool IsInvalidTokenText(string? message) =>
        message is not null && message.AsSpan().TrimEnd('.').Equals("Invalid Token", StringComparison.OrdinalIgnoreCase);

    private static bool BlamesToken(string? message) =>
        message is not null &&
        message.Contains("token", StringComparison.OrdinalIgnoreCase) &&
        !message.Contains(RequiredScopes, StringComparison.OrdinalIgnoreCase) &&
        (message.Contains("expired", StringComparison.OrdinalIgnoreCase)
                || message.Contains("invalid", StringComparison.OrdinalIgnoreCase));
}
