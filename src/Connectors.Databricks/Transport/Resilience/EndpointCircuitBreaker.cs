using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Connectors.Databricks.Transport.Resilience;

/// <summary>
/// The circuit breaker of one endpoint. By default only failures of the endpoint count: not the wait for a lease, not a token that could
/// not be acquired, not a canceled call.
/// </summary>
internal sealed class EndpointCircuitBreaker
{
    private static readonly HttpCircuitBreakerStrategyOptions Defaults = new();

    private readonly CircuitBreakerStateProvider _state = new();
    private readonly HttpCircuitBreakerStrategyOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly string _endpointName;
    private long _openUntil;

    public EndpointCircuitBreaker(string endpointName, HttpCircuitBreakerStrategyOptions options, TimeProvider timeProvider, ILogger logger)
    {
        _endpointName = endpointName;
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
    }

    /// <summary>Whether the endpoint is not called now; false as soon as the break is over and a trial may go.</summary>
    public bool IsOpen => _state.CircuitState switch
    {
        CircuitState.Isolated => true,
        CircuitState.Open => Volatile.Read(ref _openUntil) > _timeProvider.GetUtcNow().UtcTicks,
        _ => false,
    };

    public bool IsHalfOpen => _state.CircuitState == CircuitState.HalfOpen;

    /// <summary>Whether the circuit is closed, or open for no longer: evicting it closes it.</summary>
    public bool IsIdle => _state.CircuitState == CircuitState.Closed || !(IsOpen || IsHalfOpen);

    /// <summary>Adds the strategy to the pipeline of the endpoint.</summary>
    public void AddTo(ResiliencePipelineBuilder<HttpResponseMessage> builder) => builder.AddCircuitBreaker(
        new HttpCircuitBreakerStrategyOptions
        {
            Name = _options.Name,
            FailureRatio = _options.FailureRatio,
            MinimumThroughput = _options.MinimumThroughput,
            SamplingDuration = _options.SamplingDuration,
            BreakDuration = _options.BreakDuration,
            BreakDurationGenerator = _options.BreakDurationGenerator,
            ShouldHandle = _options.ShouldHandle == Defaults.ShouldHandle ? static arguments =>
                new(IsFailure(arguments)) : _options.ShouldHandle,
            OnClosed = _options.OnClosed,
            OnOpened = OnOpenedAsync,
            OnHalfOpened = _options.OnHalfOpened,
            StateProvider = _state,
        });

    private ValueTask OnOpenedAsync(OnCircuitOpenedArguments<HttpResponseMessage> arguments)
    {
        Volatile.Write(ref _openUntil, (_timeProvider.GetUtcNow() + arguments.BreakDuration).UtcTicks);
        TransportLog.CircuitOpened(_logger, _endpointName, arguments.BreakDuration);
        return _options.OnOpened?.Invoke(arguments) ?? default;
    }

    // A timeout counts, because it is the only sign of an endpoint that hangs. A trial that was canceled, or had no token, proves nothing
    // and keeps the circuit open; a trial that waits for a new token already has its response.
    private static bool IsFailure(CircuitBreakerPredicateArguments<HttpResponseMessage> arguments)
    {
        var state = CallState.Of(arguments.Context);
        if (state.FailureOf(arguments.Outcome) is { } failure)
        {
            return failure.IsTransient && (failure.StatusCode is null || (int)failure.StatusCode >= 500);
        }

        return arguments.Outcome.Exception is { } exception && state.Failure is null && (state.IsTrial || IsHang(exception, state));
    }

    private static bool IsHang(Exception exception, CallState state) =>
        exception is OperationCanceledException or TimeoutRejectedException
        && !state.IsAcquiringToken
        && !state.CallerToken.IsCancellationRequested;
}
