using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Chat;

/// <summary>What chat says beside the transport: what was left out of a request, and why. No prompt, no completion.</summary>
internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Warning, "Endpoint '{EndpointName}' refuses the field '{Field}': it is {Change} from now on.")]
    public static partial void RefusalLearnt(ILogger logger, string endpointName, string field, string change);

    [LoggerMessage(102, LogLevel.Debug, "{Count} reasoning contents that another provider made are not sent to endpoint '{EndpointName}'.")]
    public static partial void ForeignReasoningLeftOut(ILogger logger, int count, string endpointName);

    [LoggerMessage(103, LogLevel.Debug, "The request to endpoint '{EndpointName}' was changed: '{Field}' {Change}.")]
    public static partial void RequestAdjusted(ILogger logger, string endpointName, string field, string change);

    [LoggerMessage(
        104, LogLevel.Warning,
        "Requests to endpoint '{EndpointName}' are changed in what may affect answers: '{Field}' {Change}. This is said once; each response tells it.")]
    public static partial void AnswerAffected(ILogger logger, string endpointName, string field, string change);

    [LoggerMessage(109, LogLevel.Warning, "Endpoint '{EndpointName}' cannot answer ({Reason}): endpoint '{NextEndpointName}' is asked.")]
    public static partial void FellBack(ILogger logger, string endpointName, string reason, string nextEndpointName);
}
