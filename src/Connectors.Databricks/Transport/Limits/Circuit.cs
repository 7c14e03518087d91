using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Connectors.Databricks.Transport.Limits;

/// <summary>
/// Leaves one endpoint alone after too many of its attempts failed, and lets one try when the time is over. Only what the endpoint did
/// counts: not the wait for a turn, not a token that could not be had, not a caller who left.
/// </summary>
internal sealed class Circuit
{
    private static readonly ResiliencePropertyKey<CallProgress> Progress = new("databricks-serving-progress");
    private static readonly ResiliencePropertyKey<bool> IsTrial = new("databricks-serving-trial");

    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<ServingReply> _pipeline;
    private readonly TimeProvider _clock;
    private long _openUntil;

    public Circuit(string endpointName, DatabricksCircuitBreakerOptions options, TimeProvider clock, ILogger logger)
    {
        _clock = clock;
        _pipeline = new ResiliencePipelineBuilder<ServingReply> { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ServingReply>
            {
                FailureRatio = options.FailureRatio,
                MinimumThroughput = options.MinimumCalls,
                SamplingDuration = options.SamplingDuration,
                BreakDuration = options.BreakDuration,
                StateProvider = _state,
                ShouldHandle = static arguments => new(IsTrouble(arguments.Outcome.Exception, arguments.Context)),
                OnOpened = arguments =>
                {
                    Volatile.Write(ref _openUntil, (clock.GetUtcNow() + arguments.BreakDuration).UtcTicks);
                    Log.CircuitOpened(logger, endpointName, arguments.BreakDuration);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Whether calls go through, or would be let try again: to forget it is to close it.</summary>
    public bool IsAtRest => _state.CircuitState == CircuitState.Closed || Volatile.Read(ref _openUntil) <= _clock.GetUtcNow().UtcTicks;

    /// <summary>Refuses a call while the endpoint is left alone; says nothing of who may try afterwards.</summary>
    /// <exception cref="DatabricksServingException">The circuit is open.</exception>
    public void ThrowIfOpen(ServingCall call)
    {
        var left = TimeSpan.FromTicks(Volatile.Read(ref _openUntil) - _clock.GetUtcNow().UtcTicks);
        if (left > TimeSpan.Zero && _state.CircuitState == CircuitState.Open)
        {
            throw ServingExceptions.CircuitOpen(call, left, new BrokenCircuitException());
        }
    }

    /// <exception cref="DatabricksServingException">The circuit is open, or the attempt failed.</exception>
    public async ValueTask<ServingReply> RunAsync(
        ServingCall call, Func<CancellationToken, ValueTask<ServingReply>> attempt, CallProgress progress, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(Progress, progress);
        try
        {
            return await _pipeline.ExecuteAsync(
                static (context, state) =>
                {
                    context.Properties.Set(IsTrial, state.Self._state.CircuitState == CircuitState.HalfOpen);
                    return state.Attempt(context.CancellationToken);
                },
                context,
                (Self: this, Attempt: attempt)).ConfigureAwait(false);
        }
        catch (BrokenCircuitException exception)
        {
            throw ServingExceptions.CircuitOpen(call, exception.RetryAfter ?? TimeSpan.FromSeconds(1), exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // A trial that its caller gave up has shown nothing: the endpoint is left alone for another while. Else a caller's leaving is no trouble,
    // but the end of the call's time is: an endpoint that hangs shows in nothing else.
    private static bool IsTrouble(Exception? exception, ResilienceContext context) => exception switch
    {
        DatabricksServingException { IsTransient: true } failure => failure.StatusCode is null || (int)failure.StatusCode >= 500,
        OperationCanceledException => context.Properties.GetValue(Progress, null!) is { IsRenewingToken: false } progress
            && (context.Properties.GetValue(IsTrial, false) || progress.Deadline.Elapsed),
        _ => false,
    };
}
