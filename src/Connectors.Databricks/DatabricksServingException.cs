using System.Net;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks;

/// <summary>
/// A call to Databricks Model Serving failed: the service returned an error, the connection was lost, or the service could not be reached.
/// </summary>
/// <remarks>
/// The message has, in this order: what was being done, on which endpoint, what came back, what to try. It holds no prompt, no
/// completion and no secret. A timeout carries a <see cref="TimeoutException"/> as <see cref="Exception.InnerException"/>.
/// </remarks>
public class DatabricksServingException : HttpRequestException
{
    /// <summary>Initializes a new instance of the <see cref="DatabricksServingException"/> class without a message.</summary>
    public DatabricksServingException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DatabricksServingException"/> class with a message.</summary>
    /// <param name="message">What was being done, where, what came back, what to try.</param>
    public DatabricksServingException(string? message)
        : base(message)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksServingException"/> class with a message and the exception that is the cause.
    /// </summary>
    /// <param name="message">What was being done, where, what came back, what to try.</param>
    /// <param name="innerException">The failure underneath.</param>
    public DatabricksServingException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksServingException"/> class for a response with an error status.
    /// </summary>
    /// <param name="message">What was being done, where, what came back, what to try.</param>
    /// <param name="innerException">The failure underneath, if any.</param>
    /// <param name="statusCode">The HTTP status; <see langword="null"/> when no status line arrived.</param>
    public DatabricksServingException(string? message, Exception? innerException, HttpStatusCode? statusCode)
        : base(message, innerException, statusCode)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksServingException"/> class that this connector throws: every text in it, and
    /// every exception below it, is redacted.
    /// </summary>
    internal DatabricksServingException(Redaction redaction, ServingFailure failure)
        : base(failure.RequestError, redaction.Redact(failure.Message), redaction.Redact(failure.Inner), failure.StatusCode)
    {
        Kind = failure.Kind;
        ErrorCode = failure.ErrorCode is { } code ? redaction.Redact(code) : null;
        ServiceMessage = failure.ServiceMessage is { } message ? redaction.Redact(message) : null;
        RequestId = failure.RequestId is { } id ? redaction.Redact(id) : null;
        TraceResponse = failure.TraceResponse is { } trace ? redaction.Redact(trace) : null;
        EndpointName = failure.EndpointName is { } name ? redaction.Redact(name) : null;
        StatementId = failure.StatementId is { } statement ? redaction.Redact(statement) : null;
        SqlState = failure.SqlState is { } state ? redaction.Redact(state) : null;
        RetryAfter = failure.RetryAfter;
        IsTransient = failure.IsTransient;
        Guardrail = failure.Guardrail;
        ServicePolicyDenial = failure.ServicePolicyDenial is { } denial ? Redacted(denial, redaction) : null;
    }

    private static DatabricksServicePolicyDenial Redacted(DatabricksServicePolicyDenial denial, Redaction redaction) => new()
    {
        PolicyName = denial.PolicyName is { } name ? redaction.Redact(name) : null,
        Phase = denial.Phase is { } phase ? redaction.Redact(phase) : null,
        Reason = denial.Reason is { } reason ? redaction.Redact(reason) : null,
    };

    /// <summary>Gets the kind of the failure, which distinguishes failures with the same status and code.</summary>
    /// <value>Default: <see cref="DatabricksServingErrorKind.Other"/>.</value>
    public DatabricksServingErrorKind Kind { get; init; } = DatabricksServingErrorKind.Other;

    /// <summary>
    /// Gets the error code of the service, such as <c>RESOURCE_DOES_NOT_EXIST</c>, or <see langword="null"/> when it sent none.
    /// </summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets the error message of the service, at most 1,024 characters, or <see langword="null"/> when it sent none.</summary>
    public string? ServiceMessage { get; init; }

    /// <summary>Gets the request id, for support requests, or <see langword="null"/> when no response headers were received.</summary>
    public string? RequestId { get; init; }

    /// <summary>
    /// Gets the <c>traceresponse</c> header, the W3C trace context of Unity Gateway; <see langword="null"/> when it was not sent.
    /// </summary>
    public string? TraceResponse { get; init; }

    /// <summary>Gets the name of the serving endpoint, or <see langword="null"/> when the call was not to an endpoint.</summary>
    public string? EndpointName { get; init; }

    /// <summary>
    /// Gets the id of the SQL statement, with which <see cref="SqlStatementClient.WaitAsync"/> reads its result; <see langword="null"/>
    /// for other calls, and when the service assigned none.
    /// </summary>
    public string? StatementId { get; init; }

    /// <summary>Gets the SQLSTATE of a failed SQL statement, such as <c>42P01</c>, or <see langword="null"/> when there is none.</summary>
    public string? SqlState { get; init; }

    /// <summary>Gets the delay that the service requested, or <see langword="null"/> when it requested none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Gets a value indicating whether the same call may succeed later: the endpoint was throttled, overloaded or unreachable, the response
    /// was truncated, or the call timed out. The retries of the connector are already exhausted.
    /// </summary>
    public bool IsTransient { get; init; }

    /// <summary>
    /// Gets the guardrail that blocked the call, <c>input_guardrail</c> or <c>output_guardrail</c>, or <see langword="null"/> when none
    /// did.
    /// </summary>
    public string? Guardrail { get; init; }

    /// <summary>
    /// Gets the denial by a service policy, when <see cref="DatabricksChatOptions.ThrowOnServicePolicyDenial"/> is set;
    /// <see langword="null"/> for other failures.
    /// </summary>
    public DatabricksServicePolicyDenial? ServicePolicyDenial { get; init; }

    /// <summary>Whether the request reached an agent, which may have run tools: another endpoint must not repeat them.</summary>
    internal bool MayHaveRunTools { get; init; }
}
