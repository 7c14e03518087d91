using System.Net;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport.Limits;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Transport;

/// <summary>
/// Sends one attempt, as a message of its own, and judges what comes: a good answer is given back, and everything else is thrown typed. A
/// token that is refused is renewed once in a call.
/// </summary>
internal sealed class AttemptSender(DatabricksServingOptions options, UserAgent userAgent, ILogger logger)
{
    private readonly HttpMessageInvoker _http = options.HttpClient ?? SharedConnections.For(options.ConnectTimeout);

    /// <summary>Sends an attempt, and judges what comes.</summary>
    /// <exception cref="DatabricksServingException">No headers came, or those of an error.</exception>
    public async ValueTask<ServingReply> SendAsync(
        ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token, CallProgress progress, CallPermit? permit,
        CancellationToken cancellationToken)
    {
        using var sending = Send(call, authenticator, token, progress, cancellationToken);
        return await JudgedAsync(await sending, call, authenticator, token, progress, permit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends an attempt.</summary>
    public Sending Send(
        ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token, CallProgress progress, CancellationToken cancellationToken)
    {
        Log.Attempt(logger, call, ++progress.Attempts);
        var request = NewRequest(call, authenticator, token);
        var headers = AttemptWatch.IsWatched
            ? WatchedAsync(request, call, progress.Attempts, cancellationToken)
            : InTimeAsync(request, call, cancellationToken);
        return new Sending(this, call, request, headers, cancellationToken);
    }

    private HttpRequestMessage NewRequest(ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token)
    {
        var request = new HttpRequestMessage(call.Method, call.Uri) { Content = call.Body?.NewContent() ?? NoBody(call) };
        authenticator.Authorize(request, token);
        userAgent.With(authenticator.AuthType).AddTo(request);
        RequestHeader.Words(
            "Accept", call.Accept ?? (call.IsStream ? "text/event-stream, application/json" : "application/json"), nameof(ServingCall))
            .AddTo(request);
        return request;
    }

    // The framework sends a request without content a second time by itself when a used connection closes under it. A change that was made
    // would be made twice, or be refused because of the first; with a content, be it empty, the framework leaves the decision to us.
    private static ByteArrayContent? NoBody(ServingCall call) => call.RetrySafety == RetrySafety.Idempotent ? null : new ByteArrayContent([]);

    private Task<HttpResponseMessage> WatchedAsync(HttpRequestMessage request, ServingCall call, int attempt, CancellationToken cancellationToken) =>
        AttemptWatch.SendAsync(
            call,
            attempt,
            options.TimeProvider,
            async () => await new Sending(this, call, request, InTimeAsync(request, call, cancellationToken), cancellationToken));

    private Task<HttpResponseMessage> InTimeAsync(HttpRequestMessage request, ServingCall call, CancellationToken cancellationToken) =>
        options.HeadersTimeout == Timeout.InfiniteTimeSpan
            ? UntilHeadersAsync(request, cancellationToken)
            : WithinAsync(options.HeadersTimeout, request, call, cancellationToken);

    private async Task<HttpResponseMessage> WithinAsync(
        TimeSpan limit, HttpRequestMessage request, ServingCall call, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(limit, options.TimeProvider, cancellationToken);
        try
        {
            return await UntilHeadersAsync(request, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Elapsed)
        {
            throw ServingExceptions.NoHeaders(call, limit);
        }
    }

    // A handler gives its answer as soon as the headers are here; a client must be asked to.
    private Task<HttpResponseMessage> UntilHeadersAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _http is HttpClient client
            ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            : _http.SendAsync(request, cancellationToken);

    /// <summary>Why no headers came; null for what is to pass as it is, above all a cancellation by the caller.</summary>
    public DatabricksServingException? Explained(Exception exception, ServingCall call, CancellationToken cancellationToken) => exception switch
    {
        DatabricksServingException => null,
        HttpRequestException broken => RetryPipeline.NeverLeft(broken.HttpRequestError)
            ? ServingExceptions.Unreachable(call, broken.HttpRequestError, broken)
            : ServingExceptions.Unanswered(call, broken),

        // HttpClient.Timeout wraps the cancellation that it causes; what else times out here is the connecting (ConnectTimeout).
        OperationCanceledException { InnerException: TimeoutException timeout } when !cancellationToken.IsCancellationRequested =>
            timeout.InnerException is OperationCanceledException
                ? ServingExceptions.ClientTimedOut(call, options.HttpClient?.Timeout ?? Timeout.InfiniteTimeSpan, timeout)
                : ServingExceptions.Unreachable(call, HttpRequestError.ConnectionError, timeout),
        _ => null,
    };

    /// <summary>Gives back a good answer, and throws what any other says; a token that is refused is renewed, and the call sent again.</summary>
    public ValueTask<ServingReply> JudgedAsync(
        HttpResponseMessage response, ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token, CallProgress progress,
        CallPermit? permit, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            return RefusedAsync(response, call, authenticator, token, progress, permit, cancellationToken);
        }

        var reply = new ServingReply(response, options.ResponseLimits, permit) { StartedAt = progress.StartedAt };
        Log.Answered(logger, call, (int)response.StatusCode, response.Headers);
        return new ValueTask<ServingReply>(reply);
    }

    private async ValueTask<ServingReply> RefusedAsync(
        HttpResponseMessage response, ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token, CallProgress progress,
        CallPermit? permit, CancellationToken cancellationToken)
    {
        var refusal = await FailureAsync(call, response, cancellationToken).ConfigureAwait(false);
        token = !progress.HasRenewedToken && IsTokenRejection(refusal)
            ? await RenewedAsync(refusal, call, authenticator, token, progress, cancellationToken).ConfigureAwait(false)
            : throw refusal;
        return await SendAsync(call, authenticator, token, progress, permit, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DatabricksServingException> FailureAsync(
        ServingCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                ServingTelemetry.Throttled.Add(1, new KeyValuePair<string, object?>(ServingTelemetry.EndpointTag, call.Target));
            }

            var body = await ErrorBody.ReadAsync(response, options, cancellationToken).ConfigureAwait(false);
            var failure = ServingExceptions.Answered(call, response, body.Span, options);
            Log.Answered(logger, call, (int)response.StatusCode, failure.RequestId);
            return failure;
        }
    }

    private static bool IsTokenRejection(DatabricksServingException failure) =>
        failure.StatusCode is { } status && ServiceError.IsTokenRejection(status, failure.ServiceMessage);

    private async Task<DatabricksAccessToken> RenewedAsync(
        DatabricksServingException refusal, ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token, CallProgress progress,
        CancellationToken cancellationToken)
    {
        progress.IsRenewingToken = true;
        var renewed = await authenticator.RefreshAsync(token, cancellationToken).ConfigureAwait(false);
        progress.IsRenewingToken = false;
        if (renewed.Value == token.Value)
        {
            throw refusal;
        }

        Log.TokenRejected(logger, call, (int)refusal.StatusCode!);
        progress.HasRenewedToken = true;
        return renewed;
    }
}
