using System.Text;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator;

public sealed partial class EmulatedEndpoint
{
    /// <summary>Fails with the standard error document.</summary>
    /// <param name="status">The status.</param>
    /// <param name="errorCode">The <c>error_code</c>, such as <c>REQUEST_LIMIT_EXCEEDED</c>.</param>
    /// <param name="message">The message; null takes the text the service uses for this code.</param>
    /// <param name="retryAfter">How long the answer asks to wait; null asks for nothing.</param>
    /// <param name="style">Where it asks. <see cref="RetryAfterStyle.Body"/> writes the OpenAI-like rate-limit body instead.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint Fails(
        int status,
        string errorCode,
        string? message = null,
        TimeSpan? retryAfter = null,
        RetryAfterStyle style = RetryAfterStyle.Header) =>
        Queue(new ScriptedFailure(now => FailureResponses.Standard(
            status, errorCode, message ?? FailureMessages.For(errorCode), retryAfter, style, now)));

    /// <summary>Fails with exactly this body.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body; may be empty.</param>
    /// <param name="contentType">The content type.</param>
    /// <param name="headers">More headers.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint FailsRaw(
        int status,
        string body,
        string contentType = "application/json",
        IReadOnlyDictionary<string, string>? headers = null) =>
        Queue(new ScriptedFailure(_ => new BodyResponse(status, contentType, Encoding.UTF8.GetBytes(body))
        {
            Headers = headers ?? new Dictionary<string, string>(),
        }));

    /// <summary>Answers 403 to an OAuth token without a scope; its <c>error_code</c> is the number 403.</summary>
    /// <param name="scope">The scope that is missing, such as <c>model-serving</c> or <c>ai-gateway</c>.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint RequiresScope(string scope)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        return Queue(new ScriptedFailure(_ => FailureResponses.MissingScope(scope)));
    }

    /// <summary>Answers 403 as when a budget is exhausted.</summary>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint ExhaustsBudget() => Fails(403, "PERMISSION_DENIED", FailureMessages.BudgetExhausted);

    /// <summary>Drops the connection before the first byte of an answer.</summary>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint DropsTheConnection() => Queue(new ScriptedDrop());

    /// <summary>Answers with the page a proxy shows to make a browser log in.</summary>
    /// <param name="status">The status; such pages usually come with 200.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint ReturnsHtmlLogin(int status = 200) => Queue(new ScriptedFailure(_ => FailureResponses.LoginPage(status)));

    /// <summary>
    /// Expires the personal access token in use and every OAuth token issued so far: every request that carries one fails, here
    /// and on the other endpoints, until <see cref="DatabricksEmulator.RotateToken"/> or the token endpoint makes a new one.
    /// Nothing is queued.
    /// </summary>
    /// <param name="status">403, as the service often answers an expired token, or 401.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint ExpiresTokens(int status = 403)
    {
        _emulator.ExpireToken(status);
        return this;
    }

    /// <summary>Answers 400 with the document of an AI Gateway guardrail inside its message.</summary>
    /// <param name="onOutput">Whether the answer was blocked; otherwise the prompt.</param>
    /// <param name="pii">Whether personal data was found; otherwise a safety category.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint BlocksByGuardrail(bool onOutput = false, bool pii = true) =>
        Queue(new GuardrailBlock(request => Guardrails.Body(request, onOutput, pii)));
}
