using System.Collections.Concurrent;
using Polly;
using Polly.CircuitBreaker;

namespace Connectors.Databricks.Transport.Limits;

/// <summary>A circuit for each endpoint: while it is open, nothing is sent there.</summary>
internal sealed class CircuitBreakers(DatabricksCircuitBreakerOptions options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, ResiliencePipeline<ServingReply>> _circuits = new(StringComparer.Ordinal);

    /// <exception cref="DatabricksServingException">The circuit is open, or the attempt failed.</exception>
    public async ValueTask<ServingReply> RunAsync(
        ServingCall call, Func<CancellationToken, ValueTask<ServingReply>> attempt, CancellationToken cancellationToken)
    {
        var circuit = _circuits.GetOrAdd(call.EndpointName, _ => Build());
        try
        {
            return await circuit.ExecuteAsync(
                static (attempt, limited) => attempt(limited), attempt, cancellationToken).ConfigureAwait(false);
        }
        catch (BrokenCircuitException exception)
        {
            throw ServingFailures.CircuitOpen(call, exception.RetryAfter ?? options.BreakDuration, exception);
        }
    }

    private ResiliencePipeline<ServingReply> Build() => new ResiliencePipelineBuilder<ServingReply> { TimeProvider = clock }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ServingReply>
        {
            FailureRatio = options.FailureRatio,
            MinimumThroughput = options.MinimumCalls,
            SamplingDuration = options.SamplingDuration,
            BreakDuration = options.BreakDuration,
            ShouldHandle = static arguments => new(IsTrouble(arguments.Outcome.Exception)),
        })
        .Build();

    private static bool IsTrouble(Exception? exception) =>
        exception is DatabricksServingException { IsTransient: true } failure && (failure.StatusCode is null || (int)failure.StatusCode >= 500);
}
