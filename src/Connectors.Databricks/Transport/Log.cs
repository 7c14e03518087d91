using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Transport;

/// <summary>Everything the transport says: no prompt, no completion, no token.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "{Operation} on endpoint '{EndpointName}': attempt {Attempt}.")]
    public static partial void Attempt(ILogger logger, string operation, string endpointName, int attempt);

    [LoggerMessage(2, LogLevel.Debug, "{Operation} on endpoint '{EndpointName}': status {Status}, request id {RequestId}.")]
    public static partial void Answered(ILogger logger, string operation, string endpointName, int status, string? requestId);

    [LoggerMessage(3, LogLevel.Warning, "{Operation} on endpoint '{EndpointName}' will be sent again in {Delay} (retry {Retry} of {MaxRetries}): {Reason}")]
    public static partial void Retrying(
        ILogger logger, string operation, string endpointName, TimeSpan delay, int retry, int maxRetries, string reason);

    [LoggerMessage(4, LogLevel.Warning, "{Operation} on endpoint '{EndpointName}': the token was rejected with {Status}; trying once with a new one.")]
    public static partial void TokenRejected(ILogger logger, string operation, string endpointName, int status);
}
