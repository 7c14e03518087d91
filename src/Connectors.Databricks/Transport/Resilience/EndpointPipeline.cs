using Microsoft.Extensions.Logging;
using Polly;
using Polly.Telemetry;

namespace Connectors.Databricks.Transport.Resilience;

/// <summary>
/// The resilience pipeline around the attempts of calls to one endpoint: retry, rate limiter, circuit breaker, attempt timeout.
/// </summary>
internal sealed class EndpointPipeline : IDisposable
{
    private readonly AdaptiveConcurrencyLimiter? _limiter;
    private readonly EndpointCircuitBreaker? _circuitBreaker;

    /// <summary>Builds the pipeline.</summary>
    /// <param name="endpointName">
    /// The endpoint; null for calls that are not inference, which have neither limiter nor circuit breaker.
    /// </param>
    /// <param name="options">The strategies.</param>
    /// <param name="retry">The retry strategy, which endpoints share for its budget; null for none.</param>
    /// <param name="timeProvider">The clock of every strategy.</param>
    /// <param name="telemetry">Polly's telemetry.</param>
    /// <param name="logger">The connector's log.</param>
    public EndpointPipeline(
        string? endpointName, DatabricksResilienceOptions options, RetryStrategy? retry, TimeProvider timeProvider,
        TelemetryListener? telemetry,
        ILogger logger)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage>
        {
            Name = EndpointPipelines.Name,
            TimeProvider = timeProvider,
            TelemetryListener = telemetry,
        };
        retry?.AddTo(builder);
        if (endpointName is not null)
        {
            _circuitBreaker = options.CircuitBreaker is { } breaker ? new(endpointName, breaker, timeProvider, logger) : null;
            _limiter = NewLimiter(options, timeProvider);
            if (_limiter is not null || options.RateLimiter is not null)
            {
                RateLimiterStrategy.AddTo(
                    builder, options.RateLimiter?.Name,
                    telemetry => new(options.RateLimiter, _limiter, _circuitBreaker, telemetry, timeProvider, logger));
            }

            _circuitBreaker?.AddTo(builder);
        }

        if (options.AttemptTimeout is { } timeout)
        {
            builder.AddTimeout(timeout);
        }

        Pipeline = builder.Build();
    }

    public ResiliencePipeline<HttpResponseMessage> Pipeline { get; }

    /// <summary>Whether an attempt that starts now is the trial of a half-open circuit.</summary>
    public bool IsHalfOpen => _circuitBreaker?.IsHalfOpen == true;

    /// <summary>Whether no strategy holds state that matters.</summary>
    public bool IsIdle => _limiter?.IsIdle != false && _circuitBreaker?.IsIdle != false;

    public void Dispose() => _limiter?.Dispose();

    private static AdaptiveConcurrencyLimiter? NewLimiter(DatabricksResilienceOptions options, TimeProvider timeProvider)
    {
        var concurrency = options.RateLimiter is { RateLimiter: null } limiter ? limiter.DefaultRateLimiterOptions : null;
        return options.RateLimiter?.RateLimiter is null && (concurrency is not null || options.Throttling.MaxCallsPerSecond is not null)
            ? new AdaptiveConcurrencyLimiter(concurrency, options.Throttling, timeProvider)
            : null;
    }
}
