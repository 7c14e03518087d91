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

    private ServingTransport(ServingTransport other, DatabricksServingOptions options)
    {
        _options = options;
        (Redaction, Logger, _sender) = (other.Redaction, other.Logger, other._sender);
        _pipelines = new EndpointPipelines(options, new RedactingLoggerFactory(options.LoggerFactory, Redaction), Logger);
    }

    public ILogger Logger { get; }

    public Redaction Redaction { get; }

    /// <summary>
    /// A transport with the same credential and connections, and pipelines of its own with the strategies of these options.
    /// </summary>
    public ServingTransport WithPipelinesOf(DatabricksServingOptions options) => new(this, options);

    /// <summary>Sends a call and reads its complete body, within the total timeout.</summary>
    public ValueTask<ServedDocument> GetDocumentAsync(ServingCall call, CancellationToken cancellationToken) =>
        GetDocumentAsync(call, state: 0, static (document, _, _) => document, cancellationToken);

    /// <summary>Sends a call, reads its complete body and lets a reader parse it, within the total timeout.</summary>
    public ValueTask<T> GetDocumentAsync<T, TState>(
        ServingCall call, TState state, DocumentReader<T, TState> read, CancellationToken cancellationToken) => WithinTotalTimeoutAsync(
        NewState(call, cancellationToken),
        static async (context, run) =>
        {
            try
            {
                var reply = Reply(await SendAsync(run.State, context).ConfigureAwait(false), run.State, context);
                var document = reply.Document
                    ?? await ServedDocument.ReadAsync(run.State.Call, reply, context.CancellationToken).ConfigureAwait(false);
                return Outcome.FromResult(run.Argument.Read(document, run.Argument.State, context.CancellationToken));
            }
            catch (Exception exception)
            {
                return Outcome.FromException<T>(exception);
            }
        },
        (State: state, Read: read));

    /// <summary>Sends a call and lets a reader consume its body as it arrives, within the total timeout.</summary>
    public ValueTask<T> ReadBodyAsync<T>(
        ServingCall call,
        Func<BodyStream, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken) => WithinTotalTimeoutAsync(
        NewState(call, cancellationToken),
        static async (context, run) =>
        {
            try
            {
                var reply = Reply(await SendAsync(run.State, context).ConfigureAwait(false), run.State, context);
                using var body = await BodyStream.OpenAsync(run.State.Call, reply, context.CancellationToken).ConfigureAwait(false);
                return Outcome.FromResult(await run.Argument(body, context.CancellationToken).ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                return Outcome.FromException<T>(exception);
            }
        },
        read);

    /// <summary>Sends a call without reading its body. The total timeout ends with the response headers.</summary>
    public ValueTask<ServingReply> OpenAsync(ServingCall call, CancellationToken cancellationToken) => WithinTotalTimeoutAsync(
        NewState(call, cancellationToken),
        static async (context, run) =>
        {
            try
            {
                var outcome = await SendAsync(run.State, context).ConfigureAwait(false);
                Reply(outcome, run.State, context);
                return Outcome.FromResult(run.State.TakeReply());
            }
            catch (Exception exception)
            {
                return Outcome.FromException<ServingReply>(exception);
            }
        },
        argument: 0);

    /// <summary>Reads the single document that some agents return for a streaming request, within a total timeout of its own.</summary>
    public ValueTask<T> ReadDocumentAsync<T, TState>(
        ServingCall call, ServingReply reply, TState state, DocumentReader<T, TState> read, CancellationToken cancellationToken) =>
        WithinTotalTimeoutAsync(
            NewState(call, cancellationToken),
            static async (context, run) =>
            {
                try
                {
                    var (reply, state, read) = run.Argument;
                    var document = await ServedDocument.ReadAsync(run.State.Call, reply, context.CancellationToken).ConfigureAwait(false);
                    return Outcome.FromResult(read(document, state, context.CancellationToken));
                }
                catch (Exception exception)
                {
                    return Outcome.FromException<T>(exception);
                }
            },
            (Reply: reply, State: state, Read: read));

    private CallState NewState(ServingCall call, CancellationToken cancellationToken)
    {
        call.Redaction = Redaction;
        return new CallState(call, _sender, _pipelines.For(call), _options, cancellationToken);
    }

    // A callback of Polly must not throw, so each converts its exceptions; one more method around them would cost every call. Its state is
    // copied at each step of the pipeline, so it holds few references.
    private async ValueTask<T> WithinTotalTimeoutAsync<T, TArgument>(
        CallState state, Func<ResilienceContext, (CallState State, TArgument Argument), ValueTask<Outcome<T>>> callback, TArgument argument)
    {
        var cancellationToken = state.CallerToken;
        cancellationToken.ThrowIfCancellationRequested();
        var context = ResilienceContextPool.Shared.Get(
            AttemptTelemetry.Operation(state.Call), continueOnCapturedContext: false, cancellationToken);
        state.AddTo(context);
        try
        {
            var outcome = await _pipelines.TotalTimeout.ExecuteOutcomeAsync(callback, context, (state, argument)).ConfigureAwait(false);
            outcome.ThrowIfException();
            return outcome.Result!;
        }
        catch (TimeoutRejectedException exception)
        {
            throw ServingExceptions.TimedOut(state.Call, exception);
        }
        catch (OperationCanceledException exception)
            when (cancellationToken.IsCancellationRequested && exception.CancellationToken != cancellationToken)
        {
            // Callers compare the token with theirs to distinguish their own cancellation from another's.
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            state.Dispose();
        }
    }

    private static ValueTask<Outcome<HttpResponseMessage>> SendAsync(CallState state, ResilienceContext context) =>
        state.Endpoint.Pipeline.ExecuteOutcomeAsync(static (context, state) => state.Sender.SendAsync(state, context), context, state);

    /// <summary>The successful response of an outcome; throws the failure, with rejections of strategies translated.</summary>
    private static ServingReply Reply(Outcome<HttpResponseMessage> outcome, CallState state, ResilienceContext context)
    {
        switch (outcome.Exception)
        {
            case TimeoutRejectedException exception:
                throw ServingExceptions.AttemptTimedOut(state.Call, exception);
            case BrokenCircuitException exception:
                throw ServingExceptions.CircuitOpen(state.Call, exception);
            case RateLimiterRejectedException exception:
                throw ServingExceptions.RateLimited(state.Call, state.Options.Resilience.RateLimiter, exception);
            default:
                outcome.ThrowIfException();
                break;
        }

        if (outcome.Result is { IsSuccessStatusCode: false } response)
        {
            response.Dispose();
            throw state.Failure!;
        }

        // The response may have arrived in the moment of the timeout.
        context.CancellationToken.ThrowIfCancellationRequested();
        return state.Reply!;
    }
}
