using System.Net;
using System.Text.Json;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport.Resilience;
using Microsoft.Extensions.Http.Resilience;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Connectors.Databricks.Transport;

/// <summary>Creates every exception of the connector, with the message in one order: operation, endpoint, response, hint.</summary>
internal static class ServingExceptions
{
    public static DatabricksServingException Answered(
        ServingCall call, HttpResponseMessage response, ReadOnlySpan<byte> body, DatabricksServingOptions options)
    {
        var error = IsPrivateLinkRedirect(response) ? new ServiceError { Code = ServiceError.PrivateLink }
            : call.IsPresigned ? new ServiceError() // Storage repeats the request, and the link is a credential.
            : ServiceErrorFromWire.Read(body, response.Content.Headers.ContentType?.MediaType, RedactionOf(call));
        var status = response.StatusCode;
        var kind = ErrorKinds.Of(call, (int)status, error);
        var retryAfter = ReplyHeaders.RetryAfter(response.Headers, options.TimeProvider) ?? error.RetryAfter;
        var isTransient = ErrorKinds.IsTransient(status) && !error.IsToolLogin && kind != DatabricksServingErrorKind.AgentRunFailed;
        var advice = (isTransient ? RetryHints.ForAgent(call) : null) ?? ErrorHints.ForWait(
            retryAfter, RetryRules.MaxRetryAfter(options.Resilience.Retry)) + AdviceFor(call, (int)status, kind, error);
        return New(call, new ServingFailure
        {
            Kind = kind,
            Message = Message(call, ErrorHints.Named(status, response.ReasonPhrase), error, advice, RequestId(response, error)),
            StatusCode = status,
            ErrorCode = error.Code,
            ServiceMessage = error.Message,
            RequestId = RequestId(response, error),
            TraceResponse = ReplyHeaders.TraceResponse(response.Headers),
            EndpointName = call.Target,
            StatementId = call.StatementId,
            RetryAfter = retryAfter,
            IsTransient = isTransient,
            Guardrail = error.Guardrail,
        });
    }

    /// <summary>An error object in a 200 OK body or stream.</summary>
    public static DatabricksServingException ErrorInBody(ServingCall call, ServingReply reply, JsonElement document)
    {
        var error = ServiceErrorFromWire.Read(document, RedactionOf(call));
        var what = call.IsStream ? "the stream broke off with an error" : "an error object in a 200 OK body";
        var status = ErrorCodes.RequestStatus(error.Code);
        var effectiveStatus = status ?? (error.Guardrail is null ? 500 : 400);
        var kind = ErrorKinds.Of(call, effectiveStatus, error);
        return From(call, reply, error, what, AdviceFor(call, effectiveStatus, kind, error), isTransient: status is null, kind: kind);
    }

    /// <summary>A success status with a body that no endpoint of the expected task sends.</summary>
    public static DatabricksServingException Unexpected(ServingCall call, ServingReply reply, string what, string advice) =>
        From(call, reply, new ServiceError(), what, advice, isTransient: false);

    /// <summary>A stream in place of one document.</summary>
    public static DatabricksServingException EventStream(ServingCall call, ServingReply reply) => call.IsStream
        ? Unexpected(
            call, reply, $"an event stream with the media type '{reply.MediaType}'",
            "Streams have the media type text/event-stream: check the proxy or the code of the endpoint.")
        : Unexpected(
            call, reply, "an event stream, where one JSON document was requested",
            "If the endpoint always streams, use the streaming method; otherwise check the proxy or the code of the endpoint.");

    public static DatabricksServingException Html(ServingCall call, ServingReply reply, ReadOnlySpan<byte> body)
    {
        var error = ServiceErrorFromWire.Read(body, "text/html", RedactionOf(call));
        var advice = call.Advise?.Invoke(200, error) ?? ErrorHints.For(200, error);
        return From(call, reply, error, "an HTML page with a success status", advice, isTransient: false);
    }

    public static DatabricksServingException Malformed(
        ServingCall call, ServingReply reply, Exception inner, string what = "a response that is not the expected JSON") =>
        From(
            call, reply, new ServiceError(), what,
            IsTooDeep(inner)
                ? $"It is nested deeper than {reply.Limits.MaxJsonDepth}; raise {nameof(DatabricksServingOptions.ResponseLimits)}." +
                    $"{nameof(DatabricksResponseLimitOptions.MaxJsonDepth)} if such responses are expected."
                : "If a proxy is in between, check it; otherwise give the request id to Databricks support.",
            isTransient: false, WithoutContent(inner));

    // The framework's reader quotes invalid input to the end of the document: a completion must not be in an exception.
    private static Exception WithoutContent(Exception inner) => inner is JsonException json && json.GetType() != typeof(JsonException)
        ? new JsonException(
            $"No JSON from line {json.LineNumber}, byte {json.BytePositionInLine}.", path: null, json.LineNumber, json.BytePositionInLine)
        : inner;

    // The reader reports it only in its message.
    private static bool IsTooDeep(Exception inner) =>
        inner is JsonException && inner.Message.Contains("maximum configured depth", StringComparison.Ordinal);

    /// <summary>The response exceeds one of the <see cref="DatabricksResponseLimitOptions"/>.</summary>
    public static DatabricksServingException TooLarge(
        ServingCall call, ServingReply reply, long limit, string name = nameof(DatabricksResponseLimitOptions.MaxBytes))
    {
        var what = name switch
        {
            nameof(DatabricksResponseLimitOptions.MaxEventBytes) => $"an event of the stream is longer than {limit} bytes",
            nameof(DatabricksResponseLimitOptions.MaxToolArgumentBytes) => $"the arguments of a tool call are longer than {limit} bytes",
            nameof(DatabricksResponseLimitOptions.MaxItems) => $"the response has more than {limit} items",
            nameof(DatabricksResponseLimitOptions.MaxJsonValues) => $"the response has more than {limit} JSON values",
            nameof(DatabricksResponseLimitOptions.MaxBytes) when call.IsStream => $"the stream is longer than {limit} bytes",
            _ => $"the response is longer than {limit} bytes",
        };
        return From(
            call, reply, new ServiceError(), what,
            $"Raise {nameof(DatabricksServingOptions.ResponseLimits)}.{name} if such responses are expected.", isTransient: false);
    }

    /// <summary>Bytes that cannot be read at all: an event without an end, or broken compression.</summary>
    public static DatabricksServingException Unreadable(ServingCall call, ServingReply reply, InvalidDataException inner) =>
        From(
            call, reply, new ServiceError(), $"the stream cannot be read ({inner.Message.TrimEnd('.')})",
            "If a proxy is in between, check it; otherwise give the request id to Databricks support.", isTransient: false, inner);

    public static DatabricksServingException CutOff(ServingCall call, ServingReply reply, Exception? inner) =>
        From(
            call, reply, new ServiceError(),
            call.IsStream ? "the stream ended before its end marker; what arrived is incomplete" : "the response ended before its end",
            call.AdviceWhenCut ?? "Try again.", isTransient: true, inner is null ? null : QuotedBytes.Without(inner));

    public static DatabricksServingException Silent(ServingCall call, ServingReply reply, TimeSpan limit) =>
        From(
            call, reply, new ServiceError(), $"nothing arrived for {limit} in the middle of the stream",
            $"Try again, or raise {nameof(DatabricksServingOptions.StreamIdleTimeout)}.", isTransient: true,
            new TimeoutException($"The stream was silent for {limit}."));

    /// <summary>Comments, or an event that never ends, kept a stream open.</summary>
    public static DatabricksServingException NoEvent(ServingCall call, ServingReply reply, TimeSpan limit) =>
        From(
            call, reply, new ServiceError(),
            $"no event arrived for {limit} in the middle of the stream, only comments or parts of an event",
            "Try again, or raise Resilience.TotalRequestTimeout.", isTransient: true,
            new TimeoutException($"The stream sent no event for {limit}."));

    /// <summary>The total timeout elapsed.</summary>
    public static DatabricksServingException TimedOut(ServingCall call, TimeoutRejectedException exception) =>
        NotAnswered(
            call,
            $"{call} failed: no complete response within {exception.Timeout}. " +
            $"{RetryHints.AfterTimeout(call)}raise Resilience.TotalRequestTimeout if responses take longer.",
            new TimeoutException($"The call took longer than {exception.Timeout}.", exception));

    /// <summary>The timeout of one attempt elapsed.</summary>
    public static DatabricksServingException AttemptTimedOut(ServingCall call, TimeoutRejectedException exception) =>
        NotAnswered(
            call,
            $"{call} failed: no response began within {exception.Timeout}. " +
            (RetryHints.ForAgent(call) is { } hint ? $"{hint} A" : "An endpoint that had scaled to zero needs minutes to come up, and a") +
            " response that is not streamed begins when it is complete; raise Resilience.AttemptTimeout if responses take longer.",
            new TimeoutException($"No headers came within {exception.Timeout}.", exception));

    /// <summary>The rate limiter rejected the request, which was not sent.</summary>
    public static DatabricksServingException RateLimited(
        ServingCall call, HttpRateLimiterStrategyOptions? limiter, RateLimiterRejectedException exception)
    {
        var queue = limiter?.DefaultRateLimiterOptions.QueueLimit ?? AdaptiveConcurrencyLimiter.DefaultQueueLimit;
        var reason = limiter?.RateLimiter is null
            ? $"the request queue is full ({queue}). Reduce concurrency, or raise " +
                "Resilience.RateLimiter.DefaultRateLimiterOptions.QueueLimit."
            : $"the rate limiter of the options rejected it{(exception.RetryAfter is { } wait ? $". Retry after {wait}." : ".")}";
        return NotAnswered(call, $"{call} failed: {reason}", exception, retryAfter: exception.RetryAfter);
    }

    /// <summary>The circuit breaker is open, so the request was not sent.</summary>
    public static DatabricksServingException CircuitOpen(ServingCall call, BrokenCircuitException exception)
    {
        var retryAfter = exception.RetryAfter ?? TimeSpan.FromSeconds(1);
        return NotAnswered(
            call,
            $"{call} failed: the circuit breaker is open, so the request was not sent. Retry after {retryAfter} " +
            "(CircuitBreaker.BreakDuration).",
            exception,
            retryAfter: retryAfter);
    }

    /// <summary>The HTTP client has been disposed, so the request was not sent.</summary>
    public static DatabricksServingException ClientDisposed(ServingCall call, ObjectDisposedException exception) =>
        New(call, new ServingFailure
        {
            Kind = DatabricksServingErrorKind.NotSent,
            Message =
                $"{call} failed: the HttpClient of the options has been disposed. Keep it as long as the " +
                $"{nameof(DatabricksServingClient)}.",
            Inner = exception,
            EndpointName = call.Target,
            StatementId = call.StatementId,
        });

    public static DatabricksServingException ClientTimedOut(ServingCall call, TimeSpan limit, Exception inner) =>
        NotAnswered(
            call,
            $"{call} failed: no response within {limit}, which is HttpClient.Timeout of the " +
            "client given in the options. Raise it, or set it to Timeout.InfiniteTimeSpan: the options' own timeouts still apply.",
            inner as TimeoutException ?? new TimeoutException($"HttpClient.Timeout of {limit} elapsed.", inner));

    /// <summary>No connection was established, so nothing was sent.</summary>
    public static DatabricksServingException Unreachable(ServingCall call, HttpRequestError error, Exception inner) =>
        NotAnswered(
            call,
            $"{call} failed: {call.Uri.GetLeftPart(UriPartial.Authority)} could not be reached " +
            $"({error}: {call.Redaction.Clean(inner.Message)}). Check Host, the network and the proxy settings.",
            inner,
            error);

    /// <summary>An established connection broke: the service may have processed the request, and may bill it.</summary>
    public static DatabricksServingException Unanswered(ServingCall call, HttpRequestException failure)
    {
        var inner = QuotedBytes.Without(failure);
        return NotAnswered(
            call,
            $"{call} failed: the connection to {call.Uri.GetLeftPart(UriPartial.Authority)} broke " +
            $"before a response arrived ({failure.HttpRequestError}: {call.Redaction.Clean(inner.Message)}). " +
            RetryHints.AfterLostConnection(call),
            inner,
            failure.HttpRequestError);
    }

    private static string AdviceFor(ServingCall call, int status, DatabricksServingErrorKind kind, ServiceError error) =>
        SurfaceHints.For(call, kind) ?? ErrorHints.ForRefusedCaller(status, kind) ??
            call.Advise?.Invoke(status, error with { Request = call.Body }) ?? ErrorHints.For(status, error);

    private static DatabricksServingException From(
        ServingCall call, ServingReply reply, ServiceError error, string what, string advice, bool isTransient, Exception? inner = null,
        DatabricksServingErrorKind? kind = null) =>
        New(call, new ServingFailure
        {
            Kind = kind ?? (inner is TimeoutException ? DatabricksServingErrorKind.Timeout
                : isTransient ? DatabricksServingErrorKind.Interrupted
                : DatabricksServingErrorKind.InvalidResponse),
            Message = Message(
                call, what, error, (isTransient ? RetryHints.ForAgent(call) : null) ?? advice, reply.RequestId ?? error.RequestId),
            Inner = inner,
            StatusCode = HttpStatusCode.OK,
            ErrorCode = error.Code,
            ServiceMessage = error.Message,
            RequestId = reply.RequestId ?? error.RequestId,
            TraceResponse = reply.TraceResponse,
            EndpointName = call.Target,
            StatementId = call.StatementId,
            RetryAfter = error.RetryAfter,
            IsTransient = isTransient && error.Guardrail is null,
            Guardrail = error.Guardrail,
        });

    private static DatabricksServingException NotAnswered(
        ServingCall call, string message, Exception? inner = null, HttpRequestError error = default, TimeSpan? retryAfter = null) =>
        New(call, new ServingFailure
        {
            Kind = inner switch
            {
                TimeoutException => DatabricksServingErrorKind.Timeout,
                RateLimiterRejectedException or BrokenCircuitException => DatabricksServingErrorKind.NotSent,
                _ => DatabricksServingErrorKind.ConnectionFailed,
            },
            Message = message,
            Inner = inner,
            RequestError = error,
            EndpointName = call.Target,
            StatementId = call.StatementId,
            RetryAfter = retryAfter,
            IsTransient = true,
        });

    private static DatabricksServingException New(ServingCall call, ServingFailure failure) => new(RedactionOf(call), failure)
    {
        MayHaveRunTools = call.RetrySafety == RetrySafety.Agent && failure.Kind != DatabricksServingErrorKind.NotSent &&
            !RetryRules.IsConnectionFailure(failure.RequestError),
    };

    // A service may repeat what it rejects, such as the key of an external model.
    private static Redaction RedactionOf(ServingCall call) => call.Body is { } body ? call.Redaction.And(body.Secrets) : call.Redaction;

    private static string Message(ServingCall call, string what, ServiceError error, string advice, string? requestId)
    {
        var code = error.Code is null ? string.Empty : $", {error.Code}";
        var words = error.Message switch
        {
            null => ".",
            [.., '.' or '!' or '?'] => $": \"{error.Message}\"",
            _ => $": \"{error.Message}\".",
        };
        var reference = requestId is null ? string.Empty : $" (Request id {requestId}.)";
        return $"{call} failed: {what}{code}{words} {advice}{reference}";
    }

    /// <summary>The message of a refusal with another hint.</summary>
    public static string Message(ServingCall call, string what, DatabricksServingException refusal, string advice) =>
        Message(call, what, new ServiceError { Code = refusal.ErrorCode, Message = refusal.ServiceMessage }, advice, refusal.RequestId);

    // The workspace reports it only by a redirect to its login page (serving reference §10.2).
    private static bool IsPrivateLinkRedirect(HttpResponseMessage response) =>
        ReplyHeaders.First(response.Headers, "location")?.Contains("error=private-link-validation-error", StringComparison.Ordinal) == true;

    private static string? RequestId(HttpResponseMessage response, ServiceError error) =>
        ReplyHeaders.RequestId(response.Headers) ?? error.RequestId;
}
