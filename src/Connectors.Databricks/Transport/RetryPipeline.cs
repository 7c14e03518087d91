using System.Net;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport.Limits;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Connectors.Databricks.Transport;

/// <summary>
/// Sends a call again after a failure that left nothing behind (serving reference §10.7): a billed answer is never asked for twice.
/// </summary>
internal static class RetryPipeline
{
    public static readonly ResiliencePropertyKey<ServingCall> Call = new("databricks-serving-call");

    /// <param name="options">Retries, delays and clock.</param>
    /// <param name="logger">Hears of each retry.</param>
    /// <param name="random">Gives numbers from 0 to 1, for the jitter.</param>
    public static ResiliencePipeline<ServingReply> Build(DatabricksServingOptions options, ILogger logger, Func<double> random)
    {
        if (options.MaxRetries == 0)
        {
            return ResiliencePipeline<ServingReply>.Empty;
        }

        var budget = options.RetryBudget is { } perMinute ? new RetryBudget(perMinute, options.TimeProvider) : null;
        return new ResiliencePipelineBuilder<ServingReply> { TimeProvider = options.TimeProvider }
            .AddRetry(new RetryStrategyOptions<ServingReply>
            {
                MaxRetryAttempts = options.MaxRetries,
                ShouldHandle = arguments => new(
                    IsRetryable(arguments.Outcome.Exception, RetrySafetyOf(arguments.Context), options.MaxRetryDelay)
                    && (budget is null || arguments.AttemptNumber >= options.MaxRetries || Afford(budget, logger, options, arguments.Context))),
                DelayGenerator = arguments => new(Delay(arguments.Outcome.Exception, arguments.AttemptNumber, options, random())),
                OnRetry = arguments =>
                {
                    Report(logger, options, arguments);
                    return default;
                },
            })
            .Build();
    }

    private static bool Afford(RetryBudget budget, ILogger logger, DatabricksServingOptions options, ResilienceContext context)
    {
        if (budget.TryTake())
        {
            return true;
        }

        if (context.Properties.TryGetValue(Call, out var call))
        {
            Log.BudgetSpent(logger, call, options.RetryBudget!.Value);
        }

        return false;
    }

    private static RetrySafety RetrySafetyOf(ResilienceContext context) =>
        context.Properties.TryGetValue(Call, out var call) ? call.RetrySafety : RetrySafety.Inference;

    private static bool IsRetryable(Exception? exception, RetrySafety retrySafety, TimeSpan maxDelay) =>
        exception is DatabricksServingException failure &&
        (failure.RetryAfter is null || failure.RetryAfter <= maxDelay) &&
        (retrySafety == RetrySafety.Idempotent ? failure.IsTransient
            : failure.StatusCode is { } status ? IsRetryable(status, retrySafety)
            : NeverLeft(failure.HttpRequestError));

    // 504 is missing: the model may have worked until the gateway gave up, and may be billed. And behind a 502 a create may be under way.
    private static bool IsRetryable(HttpStatusCode status, RetrySafety retrySafety) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable ||
        (status == HttpStatusCode.BadGateway && retrySafety == RetrySafety.Inference);

    /// <summary>Whether no connection came about, so that the service has seen nothing of the call.</summary>
    public static bool NeverLeft(HttpRequestError error) =>
        error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    // Full jitter: callers that were throttled together do not come back together.
    private static TimeSpan? Delay(Exception? exception, int attempt, DatabricksServingOptions options, double random)
    {
        if ((exception as DatabricksServingException)?.RetryAfter is { } asked)
        {
            return asked;
        }

        var ceiling = options.RetryBaseDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 20));
        return TimeSpan.FromMilliseconds(Math.Min(ceiling, options.MaxRetryDelay.TotalMilliseconds) * random);
    }

    private static void Report(ILogger logger, DatabricksServingOptions options, OnRetryArguments<ServingReply> arguments)
    {
        if (arguments.Context.Properties.TryGetValue(Call, out var call) && arguments.Outcome.Exception is DatabricksServingException failure)
        {
            var reason = failure.StatusCode == HttpStatusCode.OK ? "broke off"
                : failure.StatusCode is { } status ? $"{(int)status} {failure.ErrorCode}".TrimEnd()
                : NeverLeft(failure.HttpRequestError) ? "no connection" : "no answer";
            Log.Retrying(logger, call, arguments.RetryDelay, arguments.AttemptNumber + 1, options.MaxRetries, reason);
            ServingTelemetry.Retries.Add(
                1,
                new(ServingTelemetry.EndpointTag, call.Target),
                new(ServingTelemetry.OperationTag, AttemptWatch.Operation(call)),
                new(ServingTelemetry.OutcomeTag, reason));
        }
    }
}
