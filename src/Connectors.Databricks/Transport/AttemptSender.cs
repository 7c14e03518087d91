using Connectors.Databricks.Authentication;

namespace Connectors.Databricks.Transport;

/// <summary>Sends one attempt, as a message of its own, and waits for its headers; whatever prevents them is thrown typed.</summary>
internal sealed class AttemptSender(DatabricksServingOptions options, UserAgent userAgent)
{
    private readonly HttpClient _http = options.HttpClient ?? SharedHttpClient.For(options.ConnectTimeout);

    /// <exception cref="DatabricksServingException">No headers came.</exception>
    public ValueTask<HttpResponseMessage> SendAsync(
        ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token, int attempt, CancellationToken cancellationToken) =>
        AttemptWatch.IsWatched
            ? WatchedAsync(call, attempt, authenticator, token, cancellationToken)
            : SendInTimeAsync(call, authenticator, token, cancellationToken);

    // By itself, so that an attempt that nobody watches makes no closure.
    private ValueTask<HttpResponseMessage> WatchedAsync(
        ServingCall call, int attempt, ICallAuthenticator authenticator, DatabricksAccessToken token, CancellationToken cancellationToken) =>
        AttemptWatch.SendAsync(call, attempt, options.TimeProvider, () => SendInTimeAsync(call, authenticator, token, cancellationToken));

    private ValueTask<HttpResponseMessage> SendInTimeAsync(
        ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token, CancellationToken cancellationToken) =>
        options.HeadersTimeout == Timeout.InfiniteTimeSpan
            ? SendOnceAsync(call, authenticator, token, cancellationToken)
            : SendWithinAsync(options.HeadersTimeout, call, authenticator, token, cancellationToken);

    private async ValueTask<HttpResponseMessage> SendWithinAsync(
        TimeSpan limit, ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(limit, options.TimeProvider, cancellationToken);
        try
        {
            return await SendOnceAsync(call, authenticator, token, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Elapsed)
        {
            throw ServingFailures.NoHeaders(call, limit);
        }
    }

    private async ValueTask<HttpResponseMessage> SendOnceAsync(
        ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, call.Uri) { Content = call.Body?.NewContent() ?? NoBody(call) };
        authenticator.Authorize(request, token);
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent.With(authenticator.AuthType));
        request.Headers.TryAddWithoutValidation(
            "Accept", call.Accept ?? (call.IsStream ? "text/event-stream, application/json" : "application/json"));
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception is not DatabricksServingException)
        {
            throw RetryPipeline.NeverLeft(exception.HttpRequestError)
                ? ServingFailures.Unreachable(call, exception.HttpRequestError, exception)
                : ServingFailures.Unanswered(call, exception);
        }
        catch (OperationCanceledException exception) when (
            exception.InnerException is TimeoutException timeout && !cancellationToken.IsCancellationRequested)
        {
            // HttpClient.Timeout wraps the cancellation that it causes; what else times out here is the connecting (ConnectTimeout).
            throw timeout.InnerException is OperationCanceledException
                ? ServingFailures.ClientTimedOut(call, _http.Timeout, timeout)
                : ServingFailures.Unreachable(call, HttpRequestError.ConnectionError, timeout);
        }
    }

    // The framework sends a request without content a second time by itself when a used connection closes under it. A change that was made
    // would be made twice, or be refused because of the first; with a content, be it empty, the framework leaves the decision to us.
    private static ByteArrayContent? NoBody(ServingCall call) => call.Resend == Resend.Freely ? null : new ByteArrayContent([]);
}
