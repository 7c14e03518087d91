using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.AspNetCore.ModelHub;

/// <summary>The log of the hub, which has the reasons that clients do not receive.</summary>
internal static partial class ModelHubLog
{
    [LoggerMessage(
        LogLevel.Warning, "The model hub shows the built-in table of models: no workspace or credential is configured ({Failure}).")]
    public static partial void WithoutWorkspace(ILogger logger, string failure);

    [LoggerMessage(
        LogLevel.Warning, "The model hub shows a list that is {Age} s old: the workspace could not be read. {Reason}")]
    public static partial void Stale(ILogger logger, long age, string reason);

    [LoggerMessage(LogLevel.Warning, "The list of the model hub is incomplete: {Reasons}")]
    public static partial void Incomplete(ILogger logger, string reasons);
}
