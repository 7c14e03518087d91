using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Surfaces;

/// <summary>Log messages about where names are served.</summary>
internal static partial class Log
{
    [LoggerMessage(
        110, LogLevel.Warning,
        "Calls to '{EndpointName}' are {Change}, because {Reason}. Logged once while the mapping is kept; every response reports it.")]
    public static partial void NameMapped(ILogger logger, string endpointName, string change, string reason);
}
