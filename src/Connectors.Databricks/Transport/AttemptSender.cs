using System.Net;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.DataPlane;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport.Resilience;
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
            var attempt = state.Call.IsPresigned ? new Attempt(state.Call, PresignedLink.Instance)
                : state.Call.Authenticator is { } own ? new Attempt(state.Call, own)
                : routes is null && state.Call.Uri.IsAbsoluteUri ? new Attempt(state.Call, authenticator)
                : await RouteAsync(state.Call, context.CancellationToken).ConfigureAwait(false);
            attempt.Token = await attempt.Authenticator.GetTokenAsync(context.CancellationToken).ConfigureAwait(false);
            state.IsAcquiringToken = false;
            while (true)
            {
                TransportLog.Attempt(logger, attempt.Call, ++state.Attempts);
                using (var request = attempt.NewRequest(userAgent))
                using (var telemetry = AttemptTelemetry.Start(attempt.Call, state.Attempts, options.TimeProvider))
                {
                    try
                    {
                        response = await SendAsync(request, context.CancellationToken).ConfigureAwait(false);
                    }
                    catch (Exception exception)
                    {
#pragma warning disable EXTEXP0001 // Without a response, the package's predicates, such as DisableFor, find the request nowhere else.
                        context.SetRequestMessage(request);
#pragma warning restore EXTEXP0001
                        return Outcome.FromException<HttpResponseMessage>(
                            TranslateException(exception, attempt.Call, state, context, telemetry));
                    }

                    response.RequestMessage ??= request;
                    response = FollowedRedirect.Undo(attempt.Call, request, response);
                    telemetry?.OnResponse(response);
                }

                if (response.IsSuccessStatusCode)
                {
                    TransportLog.Answered(logger, attempt.Call, (int)response.StatusCode, response.Headers);
                    await ReadSuccessAsync(state, response, context.CancellationToken).ConfigureAwait(false);
                    return Outcome.FromResult(response);
                }

                if (!await TryRecoverAsync(attempt, state, response, context.CancellationToken).ConfigureAwait(false))
                {
                    return Outcome.FromResult(response);
                }

                response.Dispose();
            }
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
        if (routes is not null && EndpointPath.IsOfEndpoint(call.Uri)
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

    // A handler returns when the headers have been received; a client needs the option.
    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _http is HttpClient client
            ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            : _http.SendAsync(request, cancellationToken);

    /// <summary>Why no headers arrived: a cancellation, which may surface as a broken connection; a timeout; or a failure.</summary>
    private Exception TranslateException(
        Exception exception, ServingCall call, CallState state, ResilienceContext context, AttemptTelemetry? telemetry)
    {
        if (state.CallerToken.IsCancellationRequested)
        {
            return new OperationCanceledException(state.CallerToken);
        }

        var isTimeout = context.CancellationToken.IsCancellationRequested;
        var failure = isTimeout ? null : TranslateException(exception, call);
        telemetry?.OnFailure(failure, isTimeout);
        return isTimeout ? new OperationCanceledException(context.CancellationToken) : failure ?? exception;
    }

    private DatabricksServingException? TranslateException(Exception exception, ServingCall call) => exception switch
    {
        DatabricksServingException => null,
        HttpRequestException broken => RetryRules.IsConnectionFailure(broken.HttpRequestError)
            ? ServingExceptions.Unreachable(call, broken.HttpRequestError, broken)
            : ServingExceptions.Unanswered(call, broken),

        // HttpClient.Timeout wraps the cancellation that it causes; any other timeout here is that of connecting (ConnectTimeout).
        OperationCanceledException { InnerException: TimeoutException timeout } => timeout.InnerException is OperationCanceledException
            ? ServingExceptions.ClientTimedOut(call, options.HttpClient?.Timeout ?? Timeout.InfiniteTimeSpan, timeout)
            : ServingExceptions.Unreachable(call, HttpRequestError.ConnectionError, timeout),
        ObjectDisposedException disposed => ServingExceptions.ClientDisposed(call, disposed),
        _ => null,
    };

    private ValueTask ReadSuccessAsync(CallState state, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        state.Reply = new ServingReply(response, options.ResponseLimits) { StartedAt = state.StartedAt, CallerToken = state.CallerToken };
        return state.Call is { RetrySafety: RetrySafety.Idempotent, IsStream: false }
            ? ReadDocumentAsync(state.Call, state.Reply, cancellationToken)
            : default;
    }

    // A call that is safe to retry is also retried when its body is truncated.
    private static async ValueTask ReadDocumentAsync(ServingCall call, ServingReply reply, CancellationToken cancellationToken) =>
        reply.Document = await ServedDocument.ReadAsync(call, reply, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads what an error response reports.</summary>
    /// <returns>Whether a new token replaced a rejected one, so that the request is sent again.</returns>
    private async ValueTask<bool> TryRecoverAsync(
        Attempt attempt, CallState state, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        state.Failure = await ReadFailureAsync(attempt, response, cancellationToken).ConfigureAwait(false);
        return await TryRefreshTokenAsync(attempt, state, cancellationToken).ConfigureAwait(false);
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
