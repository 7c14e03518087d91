using System.Net;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Transport;

/// <summary>What to try after a failure: the last sentence of a message.</summary>
internal static partial class ErrorHints
{
    public static string For(int status, ServiceError error) => error switch
    {
        { IsHtml: true } =>
            "The response is an HTML page, as of a login page or a proxy: check that Host is the workspace address and that no proxy " +
            "is in between.",
        { IsToolLogin: true } => ForToolLogin(error.Message),
        { Guardrail: not null } => "Change the input, or the guardrail in the endpoint's AI Gateway settings.",
        { Code: ServiceError.PrivateLink } => "The workspace takes calls over its private link alone: call from inside that network.",
        _ => status switch
        {
            >= 300 and < 400 =>
                "The host redirects elsewhere: check that Host is the workspace address, and log in again if the token is old.",
            400 when error.IsInvalidToken => "Check the token: it may be wrong, expired, revoked, or of another workspace.",
            400 when error.IsWrongAudience =>
                "The token was issued for another audience: check Host and AzureManagementToken, or use another authentication type.",
            400 when IsTooLong(error.Message) =>
                "The input is longer than the context window of the model: shorten it, in chats the history and the results of tools, or " +
                "use a model with a larger context window.",
            400 when IsOutputLimit(error) =>
                "Lower MaxOutputTokens to the maximum that the message states.",
            400 => "If the message names a parameter, this model does not accept it: leave that option unset.",
            401 => "Check the token: it may be wrong, expired, revoked, or of another workspace.",
            403 when error.SpeaksOfToken => "Create a new token: this one no longer works.",
            403 => "Ask for CAN_QUERY on the endpoint, and check that the workspace may use it.",
            404 when error.Code == "FEATURE_DISABLED" => "The feature is not enabled for this workspace: ask a workspace admin.",
            404 when error.Code == "ENDPOINT_NOT_FOUND" => "Check that Host is a Databricks workspace that offers Model Serving.",
            404 => "Check the endpoint name against the workspace's Serving page; model services have names of three parts, such as " +
                "'system.ai.gpt-5-2'.",
            431 => "The headers are too large: send fewer or shorter request tags.",
            413 => "Send less: foundation, external and agent endpoints take 4 MB, custom models 16 MB.",
            429 => "Wait, send less at once, or lower MaxOutputTokens, which is reserved against the token limit up front.",
            501 => "The service does not implement this call for this endpoint.",
            502 or 503 or 504 => "Try again: an endpoint that had scaled to zero needs minutes to come up.",
            >= 500 => "Try again; if it stays, give the request id to Databricks support.",
            _ => "See the endpoint's page in the workspace.",
        },
    };

    /// <summary>
    /// Gets the hint for a 403 that does not concern permissions on an endpoint; null for one that does, or an unknown one.
    /// </summary>
    public static string? ForRefusedCaller(int status, DatabricksServingErrorKind kind) =>
        status != 403 ? null :
        kind == DatabricksServingErrorKind.MissingScope ?
            "The token lacks an OAuth scope that the message names: request the token, or set up the app's authorization, with that " +
            "scope." :
        kind == DatabricksServingErrorKind.ModelDisabled ?
            "Databricks has disabled this model for the workspace, as it does in trial workspaces: use another model, or ask Databricks " +
            "to enable it. Waiting or permissions do not help." :
        kind == DatabricksServingErrorKind.BudgetExhausted ?
            "A budget is exhausted: ask the admin who manages it to raise it, or wait until it renews." :
        kind == DatabricksServingErrorKind.FeatureDisabled ? "The feature is not enabled for this workspace: ask a workspace admin." :
        null;

    // The message names the connection, and the page to log in on.
    private static string ForToolLogin(string? message)
    {
        var start = message?.IndexOf("https://", StringComparison.OrdinalIgnoreCase) ?? -1;
        var page = start < 0
            ? "the connection in the workspace"
            : message![start..].Split([' ', '"', '\'', '<', '>'])[0].TrimEnd('.', ',', ')');
        return "A tool needs a login of the user. " +
            $"Open {page}, log in to the connection as the user of this call, and send the request again.";
    }

    /// <summary>Whether the input exceeds the context window of the model, in the wording of any host (serving reference §3.10).</summary>
    public static bool IsTooLong(string? serviceMessage) => serviceMessage is not null && TooLong().IsMatch(serviceMessage);

    /// <summary>Whether the output limit of the request is above the maximum of the model.</summary>
    public static bool IsOutputLimit(ServiceError error) =>
        (Has(error, "max_tokens") || Has(error, "max_new_tokens") || Has(error, "max_completion_tokens")) &&
        (Has(error, "cannot exceed") || Has(error, "cannot be greater"));

    /// <summary>Whether Databricks has switched the model off for the workspace: another one may be available.</summary>
    public static bool IsDisabledModel(string? serviceMessage) =>
        serviceMessage?.Contains("rate limit of 0", StringComparison.OrdinalIgnoreCase) == true;

    private static bool Has(ServiceError error, string part) => error.Message?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Why a failure that is otherwise retried was not; empty when the delay is zero or short enough.</summary>
    /// <param name="retryAfter">The delay that the service requests.</param>
    /// <param name="maxRetryAfter">The longest delay that is honored; null when retries are off.</param>
    public static string ForWait(TimeSpan? retryAfter, TimeSpan? maxRetryAfter) => retryAfter > maxRetryAfter
        ? $"The service requests a delay of {retryAfter}, which is longer than Resilience.Retry.MaxDelay ({maxRetryAfter}). "
        : string.Empty;

    /// <summary>The status with its reason phrase, or with the standard one: "404 Not Found".</summary>
    public static string Named(HttpStatusCode status, string? reasonPhrase)
    {
        using var standard = new HttpResponseMessage(status);
        return $"{(int)status} {(string.IsNullOrEmpty(reasonPhrase) ? standard.ReasonPhrase : reasonPhrase)}".TrimEnd();
    }

    // Bedrock: Input is too long for requested model. Anthropic: prompt is too long: 202609 tokens > 200000 maximum; input length and
    // `max_tokens` exceed context limit. OpenAI: This model's maximum context length is 128000 tokens; exceeds the context window.
    // Google: The input token count (1200293) exceeds the maximum number of tokens allowed (1048576).
    [GeneratedRegex(
        "(?:input|prompt) is too long|maximum context length|exceeds? (?:the )?context (?:limit|window)|input token count.{0,24}exceeds",
        RegexOptions.IgnoreCase)]
    private static partial Regex TooLong();
}
