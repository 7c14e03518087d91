using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.AspNetCore.OpenAI;

/// <summary>The log of the routes. Messages of exceptions are not logged: they may repeat a request.</summary>
internal static partial class OpenAILog
{
    [LoggerMessage(LogLevel.Warning, "{Path}: the call failed, and the response is {Status} {Code} ({Exception}).")]
    public static partial void Failed(ILogger logger, string path, int status, string? code, string exception, string? model);
}
