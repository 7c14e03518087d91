using System.Net;
using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.AspNetCore.Errors;

/// <summary>Maps a failed call to an error: status, type and code determine what a client retries.</summary>
internal static class RequestErrorFromException
{
    private const string Unsupported = "The request has an option or a content that the endpoint does not support.";

    /// <summary>Whether an exception is converted to an error; others are failures of the app.</summary>
    public static bool IsHandled(Exception exception) =>
        exception is RejectedRequestException or DatabricksServingException or DatabricksCredentialException
            or ArgumentException or NotSupportedException or BadHttpRequestException || IsTimeout(exception);

    public static RequestError Map(Exception exception) => exception switch
    {
        RejectedRequestException rejected => rejected.Error,
        DatabricksServingException failure => OfService(failure),
        DatabricksCredentialException => Upstream("The service cannot authenticate to its workspace."),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            Client(StatusCodes.Status413PayloadTooLarge, "request_too_large", "The request body is too large."),
        BadHttpRequestException bad => Client(bad.StatusCode, "invalid_request", "The request body could not be read."),

        // The connector rejects options and contents that no model supports, and names them.
        ArgumentException or NotSupportedException =>
            Client(StatusCodes.Status400BadRequest, "unsupported_value", FirstLine(exception.Message)) with { Summary = Unsupported },
        _ when IsTimeout(exception) => Timeout(),
        _ => new RequestError(
            StatusCodes.Status500InternalServerError, RequestError.ServerError, "internal_error", "The request could not be processed."),
    };

    private static RequestError OfService(DatabricksServingException failure)
    {
        var kind = failure.Kind;
        return kind switch
        {
            _ when failure.Guardrail is not null || kind == DatabricksServingErrorKind.Guardrail ||
                kind == DatabricksServingErrorKind.ServicePolicy =>
                Client(StatusCodes.Status400BadRequest, "content_filter", "The request or the response was blocked by a content filter."),
            _ when kind == DatabricksServingErrorKind.RateLimited => new RequestError(
                StatusCodes.Status429TooManyRequests, "rate_limit_error", "rate_limit_exceeded", "The rate limit is exceeded.")
            {
                RetryAfter = failure.RetryAfter,
            },
            _ when kind == DatabricksServingErrorKind.BudgetExhausted => new RequestError(
                StatusCodes.Status429TooManyRequests, "insufficient_quota", "insufficient_quota", "The budget is exhausted."),
            _ when kind == DatabricksServingErrorKind.EndpointNotFound || kind == DatabricksServingErrorKind.ModelServiceNotFound =>
                InvalidRequests.ModelNotFoundError(),
            _ when kind == DatabricksServingErrorKind.UnknownParameter => Rejected(failure, "unknown_parameter"),
            _ when kind == DatabricksServingErrorKind.UnsupportedParameter => Rejected(failure, "unsupported_parameter"),
            _ when kind == DatabricksServingErrorKind.InvalidRequest || kind == DatabricksServingErrorKind.OutputLimitExceeded =>
                Rejected(failure, IsContextLength(failure) ? "context_length_exceeded" : "invalid_request"),
            _ when kind == DatabricksServingErrorKind.RequestTooLarge =>
                Client(StatusCodes.Status413PayloadTooLarge, "request_too_large", "The request is too large for the model."),
            _ when kind == DatabricksServingErrorKind.Timeout => Timeout(),
            _ when kind == DatabricksServingErrorKind.NotSent || failure.StatusCode == HttpStatusCode.ServiceUnavailable =>
                Overloaded(failure.RetryAfter),
            _ when kind == DatabricksServingErrorKind.Interrupted =>
                Upstream("The response was interrupted.", "interrupted"),
            _ => Upstream("The model could not be called."),
        };
    }

    private static RequestError Overloaded(TimeSpan? retryAfter) => new(
        StatusCodes.Status503ServiceUnavailable, RequestError.ServerError, "overloaded", "The model is overloaded. Try again later.")
    {
        RetryAfter = retryAfter,
    };

    // The model's own words about the request that the client sent; other messages of the service describe the workspace.
    private static RequestError Rejected(DatabricksServingException failure, string code) => Client(
        StatusCodes.Status400BadRequest, code,
        failure.ServiceMessage is { Length: > 0 } message
            ? $"The model rejected the request: {message}"
            : "The model rejected the request.") with
    {
        Summary = "The model rejected the request.",
    };

    // A client of the app may have a timeout of its own.
    private static bool IsTimeout(Exception exception) =>
        exception is TimeoutException or OperationCanceledException { InnerException: TimeoutException };

    private static RequestError Timeout() => new(
        StatusCodes.Status504GatewayTimeout, RequestError.ServerError, "timeout", "The model did not respond in time.");

    private static bool IsContextLength(DatabricksServingException failure) =>
        failure.ServiceMessage is { } message &&
        (message.Contains("context", StringComparison.OrdinalIgnoreCase) ||
            message.Contains("too long", StringComparison.OrdinalIgnoreCase)) &&
        message.Contains("token", StringComparison.OrdinalIgnoreCase);

    private static RequestError Client(int status, string code, string message) => new(status, RequestError.InvalidRequest, code, message);

    private static RequestError Upstream(string message, string code = "upstream_error") =>
        new(StatusCodes.Status502BadGateway, RequestError.ServerError, code, message);

    private static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd();
}
