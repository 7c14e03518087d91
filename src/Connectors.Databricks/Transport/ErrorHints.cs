using System.Net;

namespace Connectors.Databricks.Transport;

/// <summary>What to try after a failure: the last sentence of a message.</summary>
internal static class ErrorHints
{
    public static string For(int status, ServiceError error) => error switch
    {
        { IsHtml: true } =>
            "The answer is an HTML page, as a login page or a proxy sends it: check that Host is the workspace address and that no proxy " +
            "stands in between.",
        { Guardrail: not null } => "Change the input, or the guardrail in the endpoint's AI Gateway settings.",
        { Code: ServiceError.PrivateLink } => "The workspace takes calls over its private link alone: call from inside that network.",
        _ => status switch
        {
            >= 300 and < 400 => "The host redirects elsewhere: check that Host is the workspace address, and log in again if the token is old.",
            400 => "If the message names a parameter, this model does not accept it: leave that option unset.",
            401 => "Check the token: it may be wrong, expired, revoked, or of another workspace.",
            403 when error.SpeaksOfToken => "Create a new token: this one no longer works.",
            403 => "Ask for CAN_QUERY on the endpoint, and check that the workspace may use it.",
            404 when error.Code == "ENDPOINT_NOT_FOUND" => "Check that Host is a Databricks workspace that offers Model Serving.",
            404 => "Check the endpoint name against the workspace's Serving page; foundation models start with 'databricks-'.",
            413 => "Send less: foundation, external and agent endpoints take 4 MB, custom models 16 MB.",
            429 => "Wait, send less at once, or lower MaxOutputTokens, which is reserved against the token limit up front.",
            501 => "This workspace serves the model under another name: try its Unity Catalog name, 'system.ai.<model>', on the AI Gateway.",
            502 or 503 or 504 => "Try again: an endpoint that had scaled to zero needs minutes to come up.",
            >= 500 => "Try again; if it stays, give the request id to Databricks support.",
            _ => "See the endpoint's page in the workspace.",
        },
    };

    /// <summary>Why a call that is otherwise tried again was not; empty when the wait is none or short enough.</summary>
    public static string ForWait(TimeSpan? retryAfter, TimeSpan maxDelay) => retryAfter > maxDelay
        ? $"The service asks callers to wait {retryAfter}, which is longer than {nameof(DatabricksServingOptions.MaxRetryDelay)} ({maxDelay}). "
        : string.Empty;

    /// <summary>The status as people say it: "404 Not Found".</summary>
    public static string Named(HttpStatusCode status, string? reasonPhrase) =>
        !string.IsNullOrEmpty(reasonPhrase) ? $"{(int)status} {reasonPhrase}" :
        Enum.IsDefined(status) ? $"{(int)status} {status}" : $"{(int)status}";
}
