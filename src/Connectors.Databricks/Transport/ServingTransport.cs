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
    private readonly AttemptSender _sender;
    private readonly DataPlaneRoutes? _routes;
    private readonly ResiliencePipeline<ServingReply> _retries;
    private readonly CircuitBreakers? _circuits;
    private readonly CallGates? _gates;

    public ServingTransport(
        DatabricksServingOptions options, RequestAuthenticator authenticator, UserAgent userAgent, DataPlaneRoutes? routes = null,
        Func<double>? random = null)
    {
        (_options, _authenticator, _routes) = (options, authenticator, routes);
        Logger = RedactingLogger.Create(options.LoggerFactory, LoggerName, authenticator.Redaction);
        _sender = new AttemptSender(options, userAgent, Logger);
        _retries = RetryPipeline.Build(options, Logger, random ?? Random.Shared.NextDouble);
        _circuits = options.CircuitBreaker is { } breaker ? new CircuitBreakers(breaker, options.TimeProvider, Logger) : null;
        _gates = options.CallLimits.LimitAnything ? new CallGates(options.CallLimits, options.TimeProvider) : null;
    }

    public ILogger Logger { get; }
    public Redaction Redaction => _authenticator.Redaction;

    /// <summary>Sends a call and reads its whole body, with the total timeout over both.</summary>
    public ValueTask<ServedDocument> GetDocumentAsync(ServingCall call, CancellationToken cancellationToken) =>
        GetDocumentAsync(call, state: 0, static (document, _, _) => document, cancellationToken);

    /// <summary>Sends a call, reads its whole body and lets a reader parse it, with the total timeout over all of it.</summary>
    public async ValueTask<T> GetDocumentAsync<T, TState>(
        ServingCall call, TState state, DocumentReader<T, TState> read, CancellationToken cancellationToken)
    {
        using var reply = await AskAsync(call, stopsClock: false, cancellationToken).ConfigureAwait(false);
        return await DocumentAsync(call, reply, reply.Deadline!, state, read).ConfigureAwait(false);
    }

    /// <summary>Sends a call and lets a reader take its body as it arrives, with the total time-out over both.</summary>
    public async ValueTask<T> ReadBodyAsync<T>(
        ServingCall call, Func<BodyStream, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var reply = await AskAsync(call, stopsClock: false, cancellationToken).ConfigureAwait(false);
        var deadline = reply.Deadline!;
        try
        {
            using var body = await BodyStream.OpenAsync(call, reply, deadline.Token).ConfigureAwait(false);
            return await read(body, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (Ended(exception, call, deadline) is { } end)
        {
            throw end;
        }
    }

    /// <summary>
    /// Sends a call and leaves its body on the wire. The total time-out ends when the headers are here; the reply takes its clock along, for
    /// the silence between events.
    /// </summary>
    public ValueTask<ServingReply> OpenAsync(ServingCall call, CancellationToken cancellationToken) =>
        AskAsync(call, stopsClock: true, cancellationToken);

    /// <summary>Reads the one body with which some agents answer a stream request, with a timeout of its own.</summary>
    public async ValueTask<T> ReadDocumentAsync<T, TState>(
        ServingCall call, ServingReply reply, TState state, DocumentReader<T, TState> read, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_options.RequestTimeout, _options.TimeProvider, cancellationToken);
        return await DocumentAsync(call, reply, deadline, state, read).ConfigureAwait(false);
    }

    private async ValueTask<T> DocumentAsync<T, TState>(
        ServingCall call, ServingReply reply, Deadline deadline, TState state, DocumentReader<T, TState> read)
    {
        try
        {
            var document = reply.Document ?? await ServedDocument.ReadAsync(call, reply, deadline.Token).ConfigureAwait(false);
            return read(document, state, deadline.Token);
        }
        catch (OperationCanceledException exception) when (Ended(exception, call, deadline) is { } end)
        {
            throw end;
        }
    }

    // The first attempt goes without the retries, which are about what follows a failure: they begin with that failure in place of an
    // attempt. A call that is answered at once, as most are, does not pay for them. The reply owns the clock.
    private async ValueTask<ServingReply> AskAsync(ServingCall call, bool stopsClock, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        call.Redaction = Redaction;
        var deadline = new Deadline(_options.RequestTimeout, _options.TimeProvider, cancellationToken);
        ServingReply? reply = null;
        try
        {
            var progress = new CallProgress(deadline, _options.TimeProvider);
            try
            {
                if (GoesStraight(call))
                {
                    // As AttemptSender.SendAsync does, and without a method more that goes on when the headers come.
                    var token = await _authenticator.GetTokenAsync(deadline.Token).ConfigureAwait(false);
                    using var sending = _sender.Send(call, _authenticator, token, progress, deadline.Token);
                    reply = await _sender.JudgedAsync(
                        await sending, call, _authenticator, token, progress, permit: null, deadline.Token).ConfigureAwait(false);
                }
                else
                {
                    reply = await AnswerAsync(call, progress, deadline.Token).ConfigureAwait(false);
                }
            }
            catch (DatabricksServingException failure) when (_options.MaxRetries > 0)
            {
                progress.FirstFailure = failure;
            }

            reply ??= await RetryAsync(call, progress, deadline).ConfigureAwait(false);
            reply.Deadline = deadline;
            return stopsClock ? InTime(reply, deadline) : reply;
        }
        catch (OperationCanceledException exception) when (Ended(exception, call, deadline) is { } end)
        {
            throw end;
        }
        finally
        {
            if (reply is null)
            {
                deadline.Dispose();
            }
        }
    }

    // Nothing to wait for before, nothing to note afterwards, and a body that may be read later.
    private bool GoesStraight(ServingCall call) =>
        _routes is null && _gates is null && _circuits is null && call.Uri.IsAbsoluteUri && call.RetrySafety != RetrySafety.Idempotent;

    private static ServingReply InTime(ServingReply reply, Deadline deadline)
    {
        deadline.Restart(Timeout.InfiniteTimeSpan);
        var token = deadline.Token;
        if (!token.IsCancellationRequested)
        {
            return reply;
        }

        // It came in the very moment in which the time was over, or the caller left.
        reply.Dispose();
        throw new OperationCanceledException(token);
    }

    private Exception? Ended(OperationCanceledException exception, ServingCall call, Deadline deadline) =>
        ServingExceptions.Ended(exception, call, deadline, _options.RequestTimeout);

    private async ValueTask<ServingReply> RetryAsync(ServingCall call, CallProgress progress, Deadline deadline)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, deadline.Token);
        context.Properties.Set(RetryPipeline.Call, call);
        try
        {
            return await _retries.ExecuteAsync(
                static (context, state) => state.Progress.TakeFirstFailure() is { } failure
                    ? ValueTask.FromException<ServingReply>(failure)
                    : state.Self.AnswerAsync(state.Call, state.Progress, context.CancellationToken),
                context,
                (Self: this, Call: call, Progress: progress)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ValueTask<ServingReply> AnswerAsync(ServingCall call, CallProgress progress, CancellationToken cancellationToken) =>
        call.RetrySafety == RetrySafety.Idempotent
            ? WholeAnswerAsync(call, progress, cancellationToken)
            : GatedAsync(call, progress, cancellationToken);

    // What may be asked for again as often as one likes may also be asked for again when its body breaks off.
    private async ValueTask<ServingReply> WholeAnswerAsync(ServingCall call, CallProgress progress, CancellationToken cancellationToken)
    {
        var reply = await GatedAsync(call, progress, cancellationToken).ConfigureAwait(false);
        try
        {
            reply.Document = await ServedDocument.ReadAsync(call, reply, cancellationToken).ConfigureAwait(false);
            return reply;
        }
        catch
        {
            reply.Dispose();
            throw;
        }
    }

    private ValueTask<ServingReply> GatedAsync(ServingCall call, CallProgress progress, CancellationToken cancellationToken)
    {
        // Asked before the wait for a turn, so that calls to an endpoint that is left alone fail at once; and again when the turn has come.
        _circuits?.For(call)?.ThrowIfOpen(call);
        return _gates?.For(call) is { } gate
            ? TakeTurnAsync(gate, call, progress, cancellationToken)
            : AttemptAsync(call, progress, permit: null, cancellationToken);
    }

    private async ValueTask<ServingReply> TakeTurnAsync(CallGate gate, ServingCall call, CallProgress progress, CancellationToken cancellationToken)
    {
        var started = _options.TimeProvider.GetTimestamp();
        var permit = await gate.EnterAsync(cancellationToken).ConfigureAwait(false)
            ?? throw ServingExceptions.QueueFull(call, _options.CallLimits.MaxQueuedCalls);
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
                Log.LimitHalved(Logger, call, limit);
            }

            permit.Release();
            throw;
        }
    }

    // Calls that know their address and find their token at hand come to the sender without a wait.
    private ValueTask<ServingReply> AttemptAsync(
        ServingCall call, CallProgress progress, CallPermit? permit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_routes is not null || !call.Uri.IsAbsoluteUri)
        {
            return RoutedAttemptAsync(call, progress, permit, cancellationToken);
        }

        var token = _authenticator.GetTokenAsync(cancellationToken);
        return token.IsCompletedSuccessfully
            ? GuardedAsync(call, _authenticator, token.Result, progress, permit, cancellationToken)
            : GuardedAsync(call, _authenticator, token, progress, permit, cancellationToken);
    }

    private async ValueTask<ServingReply> RoutedAttemptAsync(
        ServingCall call, CallProgress progress, CallPermit? permit, CancellationToken cancellationToken)
    {
        (call, var authenticator) = await RoutedAsync(call, cancellationToken).ConfigureAwait(false);
        var token = authenticator.GetTokenAsync(cancellationToken);
        return await GuardedAsync(call, authenticator, token, progress, permit, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ServingReply> GuardedAsync(
        ServingCall call, ICallAuthenticator authenticator, ValueTask<DatabricksAccessToken> token, CallProgress progress, CallPermit? permit,
        CancellationToken cancellationToken) =>
        await GuardedAsync(call, authenticator, await token.ConfigureAwait(false), progress, permit, cancellationToken).ConfigureAwait(false);

    private ValueTask<ServingReply> GuardedAsync(
        ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token, CallProgress progress, CallPermit? permit,
        CancellationToken cancellationToken) =>
        _circuits?.For(call) is { } circuit
            ? BreakableAsync(circuit, call, authenticator, token, progress, permit, cancellationToken)
            : _sender.SendAsync(call, authenticator, token, progress, permit, cancellationToken);

    // By itself, so that a call without a circuit makes no closure.
    private ValueTask<ServingReply> BreakableAsync(
        Circuit circuit, ServingCall call, ICallAuthenticator authenticator, DatabricksAccessToken token, CallProgress progress, CallPermit? permit,
        CancellationToken cancellationToken) =>
        circuit.RunAsync(
            call, limited => _sender.SendAsync(call, authenticator, token, progress, permit, limited), progress, cancellationToken);

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
}
