using System.Net;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.DataPlane;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport.Limits;
using Microsoft.Extensions.Logging;
using Polly;

namespace Connectors.Databricks.Transport;

/// <summary>
/// The only place that sends. Per attempt: a new message, a token, headers read; retries live here, so that any HTTP client a user
/// brings works the same. Every failure leaves as a <see cref="DatabricksServingException"/>; cancellation passes untouched.
/// </summary>
internal sealed class ServingTransport
{
    public const string LoggerName = "Connectors.Databricks";

    private readonly DatabricksServingOptions _options;
    private readonly RequestAuthenticator _authenticator;
    private readonly HttpClient _http;
    private readonly ILogger _logger;
    private readonly UserAgent _userAgent;
    private readonly DataPlaneRoutes? _routes;
    private readonly ResiliencePipeline<ServingReply> _retries;
    private readonly CircuitBreakers? _circuits;
    private readonly CallGates? _gates;

    public ServingTransport(
        DatabricksServingOptions options,
        RequestAuthenticator authenticator,
        UserAgent userAgent,
        DataPlaneRoutes? routes = null,
        Func<double>? random = null)
    {
        _options = options;
        _authenticator = authenticator;
        _http = options.HttpClient ?? SharedHttpClient.For(options.ConnectTimeout);
        _logger = options.LoggerFactory.CreateLogger(LoggerName);
        _userAgent = userAgent;
        _routes = routes;
        _retries = RetryPipeline.Build(options, _logger, random ?? Random.Shared.NextDouble);
        _circuits = options.CircuitBreaker is { } breaker ? new CircuitBreakers(breaker, options.TimeProvider) : null;
        _gates = options.CallLimits.LimitAnything ? new CallGates(options.CallLimits, options.TimeProvider) : null;
    }

    /// <summary>Sends a call and reads its whole body, with the total time-out over both.</summary>
    public ValueTask<ServedDocument> GetDocumentAsync(ServingCall call, CancellationToken cancellationToken) =>
        WithinTimeoutAsync(
            call,
            this,
            static async (self, call, limited) =>
            {
                using var reply = await self.SendAsync(call, limited).ConfigureAwait(false);
                return await ServedDocument.ReadAsync(call, reply, limited).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Sends a call and lets a reader take its body as it arrives, with the total time-out over both.</summary>
    public ValueTask<T> ReadBodyAsync<T>(
        ServingCall call, Func<BodyStream, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        WithinTimeoutAsync(
            call,
            (Self: this, Read: read),
            static async (state, call, limited) =>
            {
                using var reply = await state.Self.SendAsync(call, limited).ConfigureAwait(false);
                using var body = await BodyStream.OpenAsync(call, reply, limited).ConfigureAwait(false);
                return await state.Read(body, limited).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Sends a call and leaves its body on the wire; the total time-out ends when the headers are here.</summary>
    public ValueTask<ServingReply> OpenAsync(ServingCall call, CancellationToken cancellationToken) =>
        WithinTimeoutAsync(call, this, static (self, call, limited) => self.SendAsync(call, limited), cancellationToken);

    /// <summary>Reads the one body with which some agents answer a stream request, with a time-out of its own.</summary>
    public ValueTask<ServedDocument> ReadDocumentAsync(ServingCall call, ServingReply reply, CancellationToken cancellationToken) =>
        WithinTimeoutAsync(call, reply, static (reply, call, limited) => ServedDocument.ReadAsync(call, reply, limited), cancellationToken);

    private async ValueTask<T> WithinTimeoutAsync<TState, T>(
        ServingCall call, TState state, Func<TState, ServingCall, CancellationToken, ValueTask<T>> act, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var deadline = new Deadline(_options.RequestTimeout, _options.TimeProvider, cancellationToken);
        try
        {
            return await act(state, call, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Elapsed)
        {
            throw ServingFailures.TimedOut(call, _options.RequestTimeout);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested && exception.CancellationToken != cancellationToken)
        {
            // Callers compare the token with theirs to tell their own cancellation from another's.
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    private async ValueTask<ServingReply> SendAsync(ServingCall call, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(RetryPipeline.Call, call);
        try
        {
            return await _retries.ExecuteAsync(
                static (context, state) => state.Self.GuardedAsync(state.Call, state.Progress, context.CancellationToken),
                context,
                (Self: this, Call: call, Progress: NewProgress())).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private CallProgress NewProgress() => new() { StartedAt = ServingTelemetry.FirstEvent.Enabled ? _options.TimeProvider.GetTimestamp() : 0 };

    private ValueTask<ServingReply> GuardedAsync(ServingCall call, CallProgress progress, CancellationToken cancellationToken) =>
        _circuits is not null && call.Target is not null
            ? BreakableAsync(_circuits, call, progress, cancellationToken)
            : GatedAsync(call, progress, cancellationToken);

    private ValueTask<ServingReply> BreakableAsync(
        CircuitBreakers circuits, ServingCall call, CallProgress progress, CancellationToken cancellationToken) =>
        circuits.RunAsync(call, limited => GatedAsync(call, progress, limited), cancellationToken);

    private ValueTask<ServingReply> GatedAsync(ServingCall call, CallProgress progress, CancellationToken cancellationToken) =>
        _gates?.For(call) is { } gate
            ? TakeTurnAsync(gate, call, progress, cancellationToken)
            : AttemptAsync(call, progress, permit: null, cancellationToken);

    private async ValueTask<ServingReply> TakeTurnAsync(CallGate gate, ServingCall call, CallProgress progress, CancellationToken cancellationToken)
    {
        var started = _options.TimeProvider.GetTimestamp();
        var permit = await gate.EnterAsync(cancellationToken).ConfigureAwait(false)
            ?? throw ServingFailures.QueueFull(call, _options.CallLimits.MaxQueuedCalls);
        ServingTelemetry.QueueWait.Record(
            _options.TimeProvider.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>(ServingTelemetry.EndpointTag, call.Target));
        try
        {
            return await AttemptAsync(call, progress, permit, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (exception is DatabricksServingException { StatusCode: HttpStatusCode.TooManyRequests } && permit.Throttled() is { } limit)
            {
                Log.LimitHalved(_logger, call, limit);
            }

            permit.Release();
            throw;
        }
    }

    private async ValueTask<ServingReply> AttemptAsync(
        ServingCall call, CallProgress progress, CallPermit? permit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (call, var authenticator) = await RoutedAsync(call, cancellationToken).ConfigureAwait(false);
        var token = await authenticator.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            Log.Attempt(_logger, call, ++progress.Attempts);
            var response = await SendOnceAsync(call, progress.Attempts, authenticator, token, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                var reply = new ServingReply(response, _options.ResponseLimits, permit) { StartedAt = progress.StartedAt };
                Log.Answered(_logger, call, (int)response.StatusCode, reply.RequestId);
                return reply;
            }

            using (response)
            {
                var failure = await FailureAsync(call, response, token, cancellationToken).ConfigureAwait(false);
                Log.Answered(_logger, call, (int)response.StatusCode, failure.RequestId);
                if (progress.HasRenewedToken || !IsTokenRejection(failure))
                {
                    throw failure;
                }

                var renewed = await authenticator.RefreshAsync(token, cancellationToken).ConfigureAwait(false);
                if (renewed.Value == token.Value)
                {
                    throw failure;
                }

                Log.TokenRejected(_logger, call, (int)response.StatusCode);
                progress.HasRenewedToken = true;
                token = renewed;
            }
        }
    }

    /// <summary>The call with its whole address: at the workspace, or at the endpoint's own.</summary>
    private async ValueTask<(ServingCall Call, ICallAuthenticator Authenticator)> RoutedAsync(ServingCall call, CancellationToken cancellationToken)
    {
        if (_routes is not null && EndpointPath.IsInvocations(call.Uri)
            && await _routes.FindAsync(call.EndpointName, cancellationToken).ConfigureAwait(false) is { } route)
        {
            return (call with { Uri = route.Address }, route);
        }

        if (!call.Uri.IsAbsoluteUri)
        {
            call = call with { Uri = new Uri(await _authenticator.GetHostAsync(cancellationToken).ConfigureAwait(false), call.Uri) };
        }

        return (call, _authenticator);
    }

    private ValueTask<HttpResponseMessage> SendOnceAsync(
        ServingCall call, int attempt, ICallAuthenticator authenticator, DatabricksAccessToken token, CancellationToken cancellationToken) =>
        AttemptWatch.IsWatched
            ? WatchedAsync(call, attempt, authenticator, token, cancellationToken)
            : SendInTimeAsync(call, authenticator, token, cancellationToken);

    private ValueTask<HttpResponseMessage> WatchedAsync(
        ServingCall call, int attempt, ICallAuthenticator authenticator, DatabricksAccessToken token, CancellationToken cancellationToken) =>
        AttemptWatch.SendAsync(call, attempt, _options.TimeProvider, () => SendInTimeAsync(call, authenticator, token, cancellationToken));

    private ValueTask<HttpResponseMessage> SendInTimeAsync(
        ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token, CancellationToken cancellationToken) =>
        _options.HeadersTimeout == Timeout.InfiniteTimeSpan
            ? SendMessageAsync(call, authenticator, token, cancellationToken)
            : SendWithinAsync(_options.HeadersTimeout, call, authenticator, token, cancellationToken);

    private async ValueTask<HttpResponseMessage> SendWithinAsync(
        TimeSpan limit, ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(limit, _options.TimeProvider, cancellationToken);
        try
        {
            return await SendMessageAsync(call, authenticator, token, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Elapsed)
        {
            throw ServingFailures.NoHeaders(call, limit);
        }
    }

    private async ValueTask<HttpResponseMessage> SendMessageAsync(
        ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, call.Uri) { Content = call.Body?.NewContent() };
        authenticator.Authorize(request, token);
        request.Headers.TryAddWithoutValidation("User-Agent", _userAgent.With(authenticator.AuthType));
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

    private async Task<DatabricksServingException> FailureAsync(
        ServingCall call, HttpResponseMessage response, DatabricksAccessToken token, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            ServingTelemetry.Throttled.Add(1, new KeyValuePair<string, object?>(ServingTelemetry.EndpointTag, call.Target));
        }

        var body = await ErrorBody.ReadAsync(response, _options.ResponseLimits.MaxErrorBytes, token, cancellationToken).ConfigureAwait(false);
        return ServingFailures.Answered(call, response, body.Span, _options);
    }

    private static bool IsTokenRejection(DatabricksServingException failure) =>
        failure.StatusCode is { } status && ServiceError.IsTokenRejection(status, failure.ServiceMessage);

    /// <summary>What the attempts of one call share.</summary>
    private sealed class CallProgress
    {
        public int Attempts { get; set; }

        /// <summary>When the call began; 0 when nobody wants to know.</summary>
        public long StartedAt { get; init; }

        public bool HasRenewedToken { get; set; }
    }
}
