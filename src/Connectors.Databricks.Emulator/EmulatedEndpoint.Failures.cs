using System.Text;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator;

public sealed partial class EmulatedEndpoint
{
    /// <summary>Queues a failure with the standard error document.</summary>
    /// <param name="status">The status.</param>
    /// <param name="errorCode">The <c>error_code</c>, such as <c>REQUEST_LIMIT_EXCEEDED</c>.</param>
    /// <param name="message">The message; null uses the service's text for the code.</param>
    /// <param name="retryAfter">The delay to request before a retry; null requests none.</param>
    /// <param name="style">Where the delay is sent. <see cref="RetryAfterStyle.Body"/> writes the OpenAI-style rate limit body.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint Fails(
        int status,
        string errorCode,
        string? message = null,
        TimeSpan? retryAfter = null,
        RetryAfterStyle style = RetryAfterStyle.Header) =>
        Queue(new ScriptedFailure(now => FailureResponses.Standard(
            status, errorCode, message ?? FailureMessages.For(errorCode), retryAfter, style, now)));

    /// <summary>Queues a failure with this body.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body; may be empty.</param>
    /// <param name="contentType">The content type.</param>
    /// <param name="headers">Additional headers.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint FailsRaw(
        int status,
        string body,
        string contentType = "application/json",
        IReadOnlyDictionary<string, string>? headers = null) =>
        Queue(new ScriptedFailure(_ => new BodyResponse(status, contentType, Encoding.UTF8.GetBytes(body))
        {
            Headers = headers ?? new Dictionary<string, string>(),
        }));

    /// <summary>Queues a failure of an external model: the error of the provider in <c>external_model_message</c>.</summary>
    /// <param name="status">The status.</param>
    /// <param name="errorCode">The <c>error_code</c> of the inner error.</param>
    /// <param name="message">The message of the inner error.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint FailsInTheExternalModel(
        int status = 400, string errorCode = "INVALID_PARAMETER_VALUE", string message = "The provider rejected the request.") =>
        Queue(new ScriptedFailure(_ => ServerResponse.Json(status, FailureResponses.ExternalModel(errorCode, message))));

    /// <summary>Queues a 403 for an OAuth token without a scope; its <c>error_code</c> is the number 403.</summary>
    /// <param name="scope">The missing scope, such as <c>model-serving</c> or <c>ai-gateway</c>.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint RequiresScope(string scope)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        return Queue(new ScriptedFailure(_ => ErrorBody.MissingScope(scope)));
    }

    /// <summary>Queues the 403 of an exhausted budget.</summary>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint ExhaustsBudget() => Fails(403, "PERMISSION_DENIED", FailureMessages.BudgetExhausted);

    /// <summary>Drops the connection before the first byte of the response.</summary>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint DropsTheConnection() => Queue(new ScriptedDrop());

    /// <summary>Queues the HTML login page of a proxy.</summary>
    /// <param name="status">The status; usually 200.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint ReturnsHtmlLogin(int status = 200) => Queue(new ScriptedFailure(_ => FailureResponses.LoginPage(status)));

    /// <summary>
    /// Expires the current personal access token and every issued OAuth token: requests with them fail on all endpoints until <see
    /// cref="DatabricksEmulator.RotateToken"/> or the token endpoint creates new ones. Nothing is queued.
    /// </summary>
    /// <param name="status">403, as the service often returns for an expired token, or 401.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint ExpiresTokens(int status = 403)
    {
        _emulator.ExpireToken(status);
        return this;
    }

    /// <summary>Queues a 400 with the document of an AI Gateway guardrail inside its message.</summary>
    /// <param name="onOutput">Whether the response was blocked instead of the prompt.</param>
    /// <param name="pii">Whether personal data was detected instead of a safety category.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint BlocksByGuardrail(bool onOutput = false, bool pii = true) =>
        Queue(new GuardrailBlock(request => Guardrails.Body(request, onOutput, pii)));

    /// <summary>Queues the 200 of a denial by a service policy of Unity Gateway.</summary>
    /// <param name="policy">The name of the policy.</param>
    /// <param name="onOutput">Whether the response was denied, <c>post_call</c>, instead of the request, <c>pre_call</c>.</param>
    /// <param name="reason">The reason, which can quote the user's data.</param>
    /// <param name="style">The spelling.</param>
    /// <param name="textBefore">The text of a stream before the denial; null for none.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint DeniesByServicePolicy(
        string policy = "p1",
        bool onOutput = false,
        string reason = "The text contains the e-mail address ada@example.com.",
        ServicePolicyDenialStyle style = ServicePolicyDenialStyle.Action,
        string? textBefore = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(policy);
        return Queue(new PolicyDenial(policy, onOutput, reason, style, textBefore));
    }

    /// <summary>
    /// Queues the 403 of an endpoint that is disabled for the workspace: in trial workspaces every proprietary model is listed as ready and
    /// returns this error.
    /// </summary>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint AnswersAsDisabled() => Fails(403, "PERMISSION_DENIED", FailureMessages.EndpointDisabled);
}
