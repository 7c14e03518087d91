using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.DataPlane;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport.Resilience;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Connectors.Databricks.Transport;

/// <summary>
/// The only place that sends. Every call takes one path: total timeout, the pipeline of its endpoint, an attempt, its body. It lives here
/// and not in a handler, so that any HTTP client a user brings behaves the same. Every failure is a
/// <see cref="DatabricksServingException"/>; the caller's own cancellation passes unchanged.
/// </summary>
internal sealed class ServingTransport
{
    public const string LoggerName = "Connectors.Databricks";

    private readonly DatabricksServingOptions _options;
    private readonly AttemptSender _sender;
    private readonly EndpointPipelines _pipelines;

    public ServingTransport(
        DatabricksServingOptions options, RequestAuthenticator authenticator, UserAgent userAgent, DataPlaneRoutes? routes = null)
    {
        _options = options;
        Redaction = authenticator.Redaction;
        Logger = RedactingLogger.Create(options.LoggerFactory, LoggerName, Redaction);
        _sender = new AttemptSender(options, authenticator, routes, userAgent, Logger);
        _pipelines = new EndpointPipelines(options, new RedactingLoggerFactory(options.LoggerFactory, Redaction), Logger);
    }

    public ILogger Logger { get; }

    public Redaction Redaction { get; }

    /// <summary>Sends a call and reads its complete body, within the total timeout.</summary>
    public ValueTask<ServedDocument> GetDocumentAsync(ServingCall call, CancellationToken cancellationToken) =>
        GetDocumentAsync(call, state: 0, static (document, _, _) => document, cancellationToken);

    /// <summary>Sends a call, reads its complete body and lets a reader parse it, within the total timeout.</summary>
    public ValueTask<T> GetDocumentAsync<T, TState>(
        ServingCall call, TState state, DocumentReader<T, TState> read, CancellationToken cancellationToken) => WithinTotalTimeoutAsync(
        call,
        static async (context, run) =>
        {
            try
            {
                using var reply = await run.Self.SendAsync(run.Call, context, run.CallerToken).ConfigureAwait(false);
                var document = reply.Document
                    ?? await ServedDocument.ReadAsync(run.Call, reply, context.CancellationToken).ConfigureAwait(false);
                return Outcome.FromResult(run.Read(document, run.State, context.CancellationToken));
            }
            catch (Exception exception)
            {
                return Outcome.FromException<T>(exception);
            }
        },
        (Self: this, Call: call, State: state, Read: read, CallerToken: cancellationToken),
        cancellationToken);

    /// <summary>Sends a call and lets a reader consume its body as it arrives, within the total timeout.</summary>
    public ValueTask<T> ReadBodyAsync<T>(
        ServingCall call,
        Func<BodyStream, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken) => WithinTotalTimeoutAsync(
        call,
        static async (context, run) =>
        {
            try
            {
                using var reply = await run.Self.SendAsync(run.Call, context, run.CallerToken).ConfigureAwait(false);
                using var body = await BodyStream.OpenAsync(run.Call, reply, context.CancellationToken).ConfigureAwait(false);
                return Outcome.FromResult(await run.Read(body, context.CancellationToken).ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                return Outcome.FromException<T>(exception);
            }
        },
        (Self: this, Call: call, Read: read, CallerToken: cancellationToken),
        cancellationToken);

    /// <summary>Sends a call and leaves its body on the wire. The total timeout ends with the response headers.</summary>
    public ValueTask<ServingReply> OpenAsync(ServingCall call, CancellationToken cancellationToken) => WithinTotalTimeoutAsync(
        call,
        static async (context, run) =>
        {
            try
            {
                return Outcome.FromResult(await run.Self.SendAsync(run.Call, context, run.CallerToken).ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                return Outcome.FromException<ServingReply>(exception);
            }
        },
        (Self: this, Call: call, CallerToken: cancellationToken),
        cancellationToken);

    /// <summary>Reads the one document with which some agents answer a streaming request, within a total timeout of its own.</summary>
    public ValueTask<T> ReadDocumentAsync<T, TState>(
        ServingCall call, ServingReply reply, TState state, DocumentReader<T, TState> read, CancellationToken cancellationToken) =>
        WithinTotalTimeoutAsync(
            call,
            static async (context, run) =>
            {
                try
                {
                    var document = await ServedDocument.ReadAsync(run.Call, run.Reply, context.CancellationToken).ConfigureAwait(false);
                    return Outcome.FromResult(run.Read(document, run.State, context.CancellationToken));
                }
                catch (Exception exception)
                {
                    return Outcome.FromException<T>(exception);
                }
            },
            (Call: call, Reply: reply, State: state, Read: read),
            cancellationToken);

    // A callback of Polly must not throw, so each converts its exceptions; one more method around them would cost every call.
    private async ValueTask<T> WithinTotalTimeoutAsync<T, TState>(
        ServingCall call, Func<ResilienceContext, TState, ValueTask<Outcome<T>>> callback, TState state,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        call.Redaction = Redaction;
        var context = ResilienceContextPool.Shared.Get(
            AttemptTelemetry.Operation(call), continueOnCapturedContext: false, cancellationToken);
        try
        {
            var outcome = await _pipelines.TotalTimeout.ExecuteOutcomeAsync(callback, context, state).ConfigureAwait(false);
            outcome.ThrowIfException();
            return outcome.Result!;
        }
        catch (TimeoutRejectedException exception)
        {
            throw ServingExceptions.TimedOut(call, exception);
        }
        catch (OperationCanceledException exception)
            when (cancellationToken.IsCancellationRequested && exception.CancellationToken != cancellationToken)
        {
            // Callers compare the token with theirs to tell their own cancellation from another's.
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<ServingReply> SendAsync(ServingCall call, ResilienceContext context, CancellationToken callerToken)
    {
        var endpoint = _pipelines.For(call);
        var state = new CallState(call, endpoint, _options.TimeProvider, callerToken);
        state.AddTo(context);
        ServingReply? reply = null;
        try
        {
            var outcome = await endpoint.Pipeline.ExecuteOutcomeAsync(
                static (context, run) => run.Sender.SendAsync(run.State, context),
                context,
                (Sender: _sender, State: state)).ConfigureAwait(false);
            outcome.ThrowIfException();
            if (outcome.Result is { IsSuccessStatusCode: false } response)
            {
                response.Dispose();
                throw state.Failure!;
            }

            // The response may have arrived in the moment of the timeout.
            context.CancellationToken.ThrowIfCancellationRequested();
            reply = state.Reply!;
            reply.Lease = state.TakeLease();
            return reply;
        }
        catch (TimeoutRejectedException exception)
        {
            throw ServingExceptions.AttemptTimedOut(call, exception);
        }
        catch (BrokenCircuitException exception)
        {
            throw ServingExceptions.CircuitOpen(call, exception);
        }
        catch (RateLimiterRejectedException exception)
        {
            throw ServingExceptions.RateLimited(call, _options.Resilience.RateLimiter, exception);
        }
        finally
        {
            if (reply is null)
            {
                state.Reply?.Dispose();
                state.TakeLease()?.Dispose();
            }
        }
    }
}
