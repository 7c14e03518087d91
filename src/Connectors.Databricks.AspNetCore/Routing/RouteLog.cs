using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>The log of the routes. Messages of exceptions are not logged: they may repeat a request.</summary>
internal static partial class RouteLog
{
    [LoggerMessage(LogLevel.Warning, "{Route}: the call failed, and the response is {Status} {Code} ({Exception}).")]
    public static partial void Failed(ILogger logger, string route, int status, string? code, string exception, string? model);
}
