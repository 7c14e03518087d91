using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Chat;

/// <summary>Log messages of chat clients: parameters that were dropped or changed, and fallbacks. Never prompts or completions.</summary>
internal static partial class ChatLog
{
    [LoggerMessage(101, LogLevel.Warning, "Endpoint '{EndpointName}' rejected the parameter '{Field}': {Change} in later requests.")]
    public static partial void CorrectionAdded(ILogger logger, string endpointName, string field, string change);

    [LoggerMessage(102, LogLevel.Debug, "{Count} reasoning contents of another provider are not sent to endpoint '{EndpointName}'.")]
    public static partial void OtherModelReasoningDropped(ILogger logger, int count, string endpointName);

    [LoggerMessage(103, LogLevel.Debug, "The request to endpoint '{EndpointName}' was adjusted: '{Field}' {Change}.")]
    public static partial void RequestAdjusted(ILogger logger, string endpointName, string field, string change);

    [LoggerMessage(
        104, LogLevel.Warning,
        "Requests to endpoint '{EndpointName}' are adjusted in a way that can affect responses: '{Field}' {Change}. " +
        "Logged once; every response reports it.")]
    public static partial void AnswerAffected(ILogger logger, string endpointName, string field, string change);

    [LoggerMessage(109, LogLevel.Warning, "Endpoint '{EndpointName}' failed ({Reason}): falling back to endpoint '{NextEndpointName}'.")]
    public static partial void FellBack(ILogger logger, string endpointName, string reason, string nextEndpointName);

    [LoggerMessage(
        110, LogLevel.Debug,
        "{Operation} on endpoint '{EndpointName}' completed in {ElapsedMilliseconds} ms: finish reason {FinishReason}, " +
        "{InputTokens} tokens in, {OutputTokens} out.")]
    public static partial void Completed(
        ILogger logger, string operation, string endpointName, long elapsedMilliseconds, string finishReason, long? inputTokens,
        long? outputTokens);

    [LoggerMessage(
        111, LogLevel.Debug,
        "{Operation} on endpoint '{EndpointName}' failed after {ElapsedMilliseconds} ms: {ExceptionType}, status {Status}, " +
        "error code {ErrorCode}, request id {RequestId}.")]
    public static partial void Failed(
        ILogger logger, string operation, string endpointName, long elapsedMilliseconds, string exceptionType, int? status,
        string errorCode, string requestId);

    /// <summary>Logs reasoning of other providers, which no endpoint accepts.</summary>
    public static void DroppedReasoning(ILogger logger, IReadOnlyList<ChatMessage> messages, string endpointName)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            var count = messages.Where(message => message is not null).SelectMany(message => message.Contents)
                .Count(content => content is TextReasoningContent reasoning && ProtectedReasoning.Read(reasoning.ProtectedData) is null);
            if (count > 0)
            {
                OtherModelReasoningDropped(logger, count, endpointName);
            }
        }
    }
}
