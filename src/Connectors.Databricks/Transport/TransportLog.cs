using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Transport;

/// <summary>
/// The log entries of the transport: no prompt, no completion, no token. Operation and endpoint are part of the call's description, and
/// also values of the entry.
/// </summary>
internal static partial class TransportLog
{
    public static void Attempt(ILogger logger, ServingCall call, int attempt) =>
        Attempt(logger, call, attempt, call.Operation, call.EndpointName);

    public static void Answered(ILogger logger, ServingCall call, int status, HttpResponseHeaders headers)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            Answered(logger, call, status, ReplyHeaders.RequestId(headers));
        }
    }

    public static void Answered(ILogger logger, ServingCall call, int status, string? requestId) =>
        Answered(logger, call, status, requestId ?? "none", call.Operation, call.EndpointName);

    public static void Retrying(ILogger logger, ServingCall call, TimeSpan delay, int retry, int maxRetries, string reason) =>
        Retrying(logger, call, delay, retry, maxRetries, reason, call.Operation, call.EndpointName);

    public static void TokenRejected(ILogger logger, ServingCall call, int status) =>
        TokenRejected(logger, call, status, call.Operation, call.EndpointName);

    public static void LimitReduced(ILogger logger, ServingCall call, int limit) =>
        LimitReduced(logger, call.EndpointName, limit);

    public static void BudgetExhausted(ILogger logger, ServingCall call, int budget) =>
        BudgetExhausted(logger, call, budget, call.Operation, call.EndpointName);

#pragma warning disable SYSLIB1015 // Operation and endpoint are not in the message template: they are values to filter by.
    [LoggerMessage(1, LogLevel.Debug, "{Call}: attempt {Attempt}.")]
    private static partial void Attempt(ILogger logger, ServingCall call, int attempt, string operation, string endpointName);

    [LoggerMessage(2, LogLevel.Debug, "{Call}: status {Status}, request id {RequestId}.")]
    private static partial void Answered(
        ILogger logger, ServingCall call, int status, string requestId, string operation, string endpointName);

    [LoggerMessage(3, LogLevel.Warning, "{Call} will be retried in {Delay} (retry {Retry} of {MaxRetries}): {Reason}")]
    private static partial void Retrying(
        ILogger logger, ServingCall call, TimeSpan delay, int retry, int maxRetries, string reason, string operation, string endpointName);

    [LoggerMessage(4, LogLevel.Warning, "{Call}: the token was rejected with {Status}; retrying once with a new token.")]
    private static partial void TokenRejected(ILogger logger, ServingCall call, int status, string operation, string endpointName);

    [LoggerMessage(5, LogLevel.Warning, "{Call} is not retried: the retry budget of {RetryBudget} per minute is exhausted.")]
    private static partial void BudgetExhausted(ILogger logger, ServingCall call, int retryBudget, string operation, string endpointName);
#pragma warning restore SYSLIB1015

    [LoggerMessage(6, LogLevel.Warning, "Endpoint '{EndpointName}' is throttled: concurrency limit reduced to {Limit}.")]
    private static partial void LimitReduced(ILogger logger, string endpointName, int limit);

    [LoggerMessage(7, LogLevel.Warning, "Circuit breaker opened for endpoint '{EndpointName}' for {BreakDuration}.")]
    public static partial void CircuitOpened(ILogger logger, string endpointName, TimeSpan breakDuration);
}
