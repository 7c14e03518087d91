using System.Net;

namespace Connectors.Databricks.Diagnostics;

/// <summary>What is known of a failed call, not yet redacted; the exception's constructor does that.</summary>
internal sealed class ServingFailure
{
    public required DatabricksServingErrorKind Kind { get; init; }

    public required string Message { get; init; }

    public Exception? Inner { get; init; }

    public HttpStatusCode? StatusCode { get; init; }

    public HttpRequestError RequestError { get; init; }

    public string? ErrorCode { get; init; }

    public string? ServiceMessage { get; init; }

    public string? RequestId { get; init; }

    public string? TraceResponse { get; init; }

    public string? EndpointName { get; init; }

    public string? StatementId { get; init; }

    public string? SqlState { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public bool IsTransient { get; init; }

    public string? Guardrail { get; init; }

    public DatabricksServicePolicyDenial? ServicePolicyDenial { get; init; }
}
