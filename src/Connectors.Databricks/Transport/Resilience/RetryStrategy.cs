using System.Net;
using Connectors.Databricks.Diagnostics;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Connectors.Databricks.Transport.Resilience;

/// <summary>
/// The retry strategy: Polly's, with the connector's rule of what is safe to retry (serving reference §10.7), its reading of Retry-After
/// and the retry budget. A predicate or a delay generator that the user set replaces the rule or the reading.
/// </summary>
internal sealed class RetryStrategy
{
    private static readonly HttpRetryStrategyOptions Defaults = new();

    private readonly HttpRetryStrategyOptions _options;
    private readonly RetryBudget? _budget;
    private readonly ILogger _logger;
    private readonly bool _hasOwnPredicate;
    private readonly bool _readsRetryAfter;

    public RetryStrategy(HttpRetryStrategyOptions options, RetryBudget? budget, ILogger logger)
    {
        _options = options;
        _budget = budget;
        _logger = logger;

        // Their constructor sets both, so what is equal to a new instance's was not set by the user.
        _hasOwnPredicate = options.ShouldHandle != Defaults.ShouldHandle;
        _readsRetryAfter = options.DelayGenerator is not null && options.DelayGenerator == Defaults.DelayGenerator;
    }

    public void AddTo(ResiliencePipelineBuilder<HttpResponseMessage> builder) => builder.AddRetry(new HttpRetryStrategyOptions
    {
        Name = _options.Name,
        MaxRetryAttempts = _options.MaxRetryAttempts,
        BackoffType = _options.BackoffType,
        UseJitter = _options.UseJitter,
        Delay = _options.Delay,
        MaxDelay = _options.MaxDelay,
        Randomizer = _options.Randomizer,
        ShouldHandle = _hasOwnPredicate ? AskPredicateAsync : arguments => new(MayRetry(arguments, IsSafe(arguments))),
        DelayGenerator = _readsRetryAfter ? arguments => new(RetryAfter(arguments.Context, arguments.Outcome)) : _options.DelayGenerator,
        OnRetry = OnRetryAsync,
    });

    private async ValueTask<bool> AskPredicateAsync(RetryPredicateArguments<HttpResponseMessage> arguments) =>
        MayRetry(arguments, await _options.ShouldHandle(arguments).ConfigureAwait(false));

    // The budget is charged last, for a retry that will be made.
    private bool MayRetry(RetryPredicateArguments<HttpResponseMessage> arguments, bool shouldHandle)
    {
        if (!shouldHandle || (_readsRetryAfter && RetryAfter(arguments.Context, arguments.Outcome) > RetryRules.MaxRetryAfter(_options)))
        {
            return false;
        }

        if (_budget is null || arguments.AttemptNumber >= _options.MaxRetryAttempts || _budget.TryTake())
        {
            return true;
        }

        TransportLog.BudgetExhausted(_logger, CallState.Of(arguments.Context).Call, _budget.PerMinute);
        return false;
    }

    private static bool IsSafe(RetryPredicateArguments<HttpResponseMessage> arguments)
    {
        if (arguments.Outcome.Result is { IsSuccessStatusCode: true })
        {
            return false;
        }

        var state = CallState.Of(arguments.Context);
        var safety = state.Call.RetrySafety;
        return state.FailureOf(arguments.Outcome) is { } failure
            ? safety == RetrySafety.Idempotent ? failure.IsTransient
                : failure.StatusCode is { } status ? IsSafe(status, safety) && !(state.Call.IsStatement && IsOfProxy(failure))
                : RetryRules.IsConnectionFailure(failure.HttpRequestError)
            : safety == RetrySafety.Idempotent && arguments.Outcome.Exception is Polly.Timeout.TimeoutRejectedException;
    }

    // Not 504: the model may have run until the gateway timed out, and may be billed. Nor 502 for a write: behind it a create may be in
    // progress. No status of an agent: even a 429 may be that of a model behind it, after tools have run.
    private static bool IsSafe(HttpStatusCode status, RetrySafety safety) => safety != RetrySafety.Agent &&
        (status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable ||
            (status == HttpStatusCode.BadGateway && safety == RetrySafety.Inference));

    // The service rejects a statement with a code. A proxy also sends 503 when it lost a connection on which the statement had arrived.
    private static bool IsOfProxy(DatabricksServingException failure) =>
        failure is { StatusCode: HttpStatusCode.ServiceUnavailable, ErrorCode: null, RetryAfter: null };

    private static TimeSpan? RetryAfter(ResilienceContext context, Outcome<HttpResponseMessage> outcome) =>
        CallState.Of(context).FailureOf(outcome)?.RetryAfter;

    private ValueTask OnRetryAsync(OnRetryArguments<HttpResponseMessage> arguments)
    {
        var state = CallState.Of(arguments.Context);
        state.TakeLease()?.Dispose();
        var failure = state.FailureOf(arguments.Outcome);
        var reason = Reason(failure, arguments.Outcome);
        var code = failure?.StatusCode is null or HttpStatusCode.OK ? null : failure.ErrorCode;
        TransportLog.Retrying(
            _logger, state.Call, arguments.RetryDelay, arguments.AttemptNumber + 1, _options.MaxRetryAttempts,
            $"{reason} {code}".TrimEnd());
        Measurements.Retry(state.Call.Target, AttemptTelemetry.Operation(state.Call), reason, code);
        return _options.OnRetry?.Invoke(arguments) ?? default;
    }

    private static string Reason(DatabricksServingException? failure, Outcome<HttpResponseMessage> outcome) => failure switch
    {
        { StatusCode: HttpStatusCode.OK } => "broke off",
        { StatusCode: { } status } => $"{(int)status}",
        { } when RetryRules.IsConnectionFailure(failure.HttpRequestError) => "no connection",
        null when outcome.Result is { } response => $"{(int)response.StatusCode}",
        _ => "no response",
    };
}
