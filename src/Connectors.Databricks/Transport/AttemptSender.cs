using System.Net;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.DataPlane;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport.Resilience;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.Logging;
using Polly;

namespace Connectors.Databricks.Transport;

/// <summary>
/// Sends one attempt: address, token, a new request message, response headers. A rejected token is refreshed once per call, within the
/// attempt.
/// </summary>
internal sealed class AttemptSender(
    DatabricksServingOptions options, RequestAuthenticator authenticator, DataPlaneRoutes? routes, UserAgent userAgent, ILogger logger)
{
    private readonly HttpMessageInvoker _http = options.HttpClient ?? SharedConnections.For(options.ConnectTimeout);

    /// <summary>Makes one attempt: the innermost callback of the pipeline, which must not throw.</summary>
    /// <returns>
    /// Any response, or why there is none. The body of an error has been read and stays readable; what it reports is
    /// <see cref="CallState.Failure"/>. A success is <see cref="CallState.Reply"/>, too.
    /// </returns>
    public async ValueTask<Outcome<HttpResponseMessage>> SendAsync(CallState state, ResilienceContext context)
    {
        HttpResponseMessage? response = null;
        state.BeginAttempt();
        try
        {
            var attempt = routes is null && state.Call.Uri.IsAbsoluteUri
                ? new Attempt(state.Call, authenticator)
                : await RouteAsync(state.Call, context.CancellationToken).ConfigureAwait(false);
            attempt.Token = await attempt.Authenticator.GetTokenAsync(context.CancellationToken).ConfigureAwait(false);
            state.IsAcquiringToken = false;
            do
            {
                response?.Dispose();
                response = await SendAsync(attempt, state, context).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    TransportLog.Answered(logger, attempt.Call, (int)response.StatusCode, response.Headers);
                    state.Reply = await ReadSuccessAsync(state, response, context.CancellationToken).ConfigureAwait(false);
                    return Outcome.FromResult(response);
                }

                state.Failure = await ReadFailureAsync(attempt, response, context.CancellationToken).ConfigureAwait(false);
            }
            while (await TryRefreshTokenAsync(attempt, state, context.CancellationToken).ConfigureAwait(false));

            return Outcome.FromResult(response);
        }
        catch (Exception exception)
        {
            response?.Dispose();
            return Outcome.FromException<HttpResponseMessage>(exception);
        }
    }

    /// <summary>The call with its complete address: at the workspace, or at the endpoint's own.</summary>
    private async ValueTask<Attempt> RouteAsync(ServingCall call, CancellationToken cancellationToken)
    {
        if (routes is not null && EndpointPath.IsInvocations(call.Uri)
            && await routes.FindAsync(call.EndpointName, cancellationToken).ConfigureAwait(false) is { } route)
        {
            return new Attempt(call with { Uri = route.Address }, route);
        }

        if (!call.Uri.IsAbsoluteUri)
        {
            call = call with { Uri = new Uri(await authenticator.GetHostAsync(cancellationToken).ConfigureAwait(false), call.Uri) };
        }

        return new Attempt(call, authenticator);
    }

    private async ValueTask<HttpResponseMessage> SendAsync(Attempt attempt, CallState state, ResilienceContext context)
    {
        TransportLog.Attempt(logger, attempt.Call, ++state.Attempts);
        using var request = NewRequest(attempt);
        using var telemetry = AttemptTelemetry.Start(attempt.Call, state.Attempts, options.TimeProvider);
        try
        {
            // A handler returns when the headers have been received; a client needs the option.
            var response = await (_http is HttpClient client
                ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.CancellationToken)
                : _http.SendAsync(request, context.CancellationToken)).ConfigureAwait(false);
            response.RequestMessage ??= request;
            telemetry?.OnResponse(response);
            return response;
        }
        catch (Exception exception)
        {
            // A cancellation may surface as a broken connection.
            state.CallerToken.ThrowIfCancellationRequested();
            var isTimeout = context.CancellationToken.IsCancellationRequested;
            var failure = isTimeout ? null : TranslateException(exception, attempt.Call);
            telemetry?.OnFailure(failure, isTimeout);
#pragma warning disable EXTEXP0001 // Without a response, the package's own predicates, such as DisableFor, find the request nowhere else.
            context.SetRequestMessage(request);
#pragma warning restore EXTEXP0001
            context.CancellationToken.ThrowIfCancellationRequested();
            if (failure is null)
            {
                throw;
            }

            throw failure;
        }
    }

    private HttpRequestMessage NewRequest(Attempt attempt)
    {
        var call = attempt.Call;

        // The framework resends a request without content up to three times by itself when its connection closes. With content, be it
        // empty, the retry strategy decides.
        var request = new HttpRequestMessage(call.Method, call.Uri) { Content = call.Body?.NewContent() ?? new ByteArrayContent([]) };
        attempt.Authenticator.Authorize(request, attempt.Token);
        userAgent.With(attempt.Authenticator.AuthType).AddTo(request);
        RequestHeader.CreateText(
            "Accept", call.Accept ?? (call.IsStream ? "text/event-stream, application/json" : "application/json"), nameof(ServingCall))
            .AddTo(request);
        return request;
    }

    /// <summary>Why no response headers arrived; null for an exception that passes unchanged.</summary>
    private DatabricksServingException? TranslateException(Exception exception, ServingCall call) => exception switch
    {
        DatabricksServingException => null,
        HttpRequestException broken => RetryStrategy.IsConnectionFailure(broken.HttpRequestError)
            ? ServingExceptions.Unreachable(call, broken.HttpRequestError, broken)
            : ServingExceptions.Unanswered(call, broken),

        // HttpClient.Timeout wraps the cancellation that it causes; any other timeout here is that of connecting (ConnectTimeout).
        OperationCanceledException { InnerException: TimeoutException timeout } => timeout.InnerException is OperationCanceledException
            ? ServingExceptions.ClientTimedOut(call, options.HttpClient?.Timeout ?? Timeout.InfiniteTimeSpan, timeout)
            : ServingExceptions.Unreachable(call, HttpRequestError.ConnectionError, timeout),
        ObjectDisposedException disposed => ServingExceptions.ClientDisposed(call, disposed),
        _ => null,
    };

    private ValueTask<ServingReply> ReadSuccessAsync(CallState state, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var reply = new ServingReply(response, options.ResponseLimits) { StartedAt = state.StartedAt, CallerToken = state.CallerToken };
        return state.Call.RetrySafety == RetrySafety.Idempotent
            ? ReadDocumentAsync(state.Call, reply, cancellationToken)
            : new ValueTask<ServingReply>(reply);
    }

    // A call that is safe to retry is also retried when its body is truncated.
    private static async ValueTask<ServingReply> ReadDocumentAsync(
        ServingCall call, ServingReply reply, CancellationToken cancellationToken)
    {
        reply.Document = await ServedDocument.ReadAsync(call, reply, cancellationToken).ConfigureAwait(false);
        return reply;
    }

    private async ValueTask<DatabricksServingException> ReadFailureAsync(
        Attempt attempt, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            Measurements.Throttled(attempt.Call.Target);
        }

        var body = await ErrorBody.ReadAsync(response, options, cancellationToken).ConfigureAwait(false);
        var failure = ServingExceptions.Answered(attempt.Call, response, body.Span, options);
        ErrorBody.KeepReadable(response, body);
        TransportLog.Answered(logger, attempt.Call, (int)response.StatusCode, failure.RequestId);
        return failure;
    }

    /// <returns>Whether a new token replaced a rejected one, so that the request is sent again.</returns>
    private async ValueTask<bool> TryRefreshTokenAsync(Attempt attempt, CallState state, CancellationToken cancellationToken)
    {
        if (state.HasRefreshedToken || state.Failure is not { StatusCode: { } status } failure
            || !ServiceError.IsTokenRejection(status, failure.ServiceMessage))
        {
            return false;
        }

        state.IsAcquiringToken = true;
        var refreshed = await attempt.Authenticator.RefreshAsync(attempt.Token, cancellationToken).ConfigureAwait(false);
        state.IsAcquiringToken = false;
        if (refreshed.Value == attempt.Token.Value)
        {
            return false;
        }

        TransportLog.TokenRejected(logger, attempt.Call, (int)status);
        (attempt.Token, state.HasRefreshedToken, state.Failure) = (refreshed, true, null);
        return true;
    }
}
