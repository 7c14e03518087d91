using System.Text;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management.Waiting;

/// <summary>
/// Describes why an endpoint does not become ready: the update, and each served entity that failed, with the service's
/// message.
/// </summary>
internal static class FailureDescription
{
    private const int MaxWordLength = 100;
    private const int MaxEntities = 5;

    public static string Of(ServingEndpoint endpoint)
    {
        var text = new StringBuilder();
        text.Append(endpoint.State?.ConfigUpdate == ConfigUpdateState.UpdateCanceled ? "its update was canceled"
            : endpoint.State?.ConfigUpdate == ConfigUpdateState.UpdateFailed ? "its update failed"
            : "its deployment failed");
        text.Append(" (").Append(Word($"{endpoint.State}")).Append(").");
        string? first = null;
        foreach (var entity in EndpointReadinessReader.Deploying(endpoint).Where(IsNotReady).Take(MaxEntities))
        {
            text.Append(" Served entity '").Append(Word(entity.Name)).Append("' is ").Append(Word($"{entity.State!.Deployment}"));
            text.Append(string.IsNullOrWhiteSpace(entity.State.Message)
                ? "."
                : $": \"{SingleLineText.Of(entity.State.Message, ServiceError.LongestMessage)}\".");
            first ??= entity.Name;
        }

        if (endpoint.IsReady)
        {
            text.Append(" The previous configuration still serves.");
        }

        text.Append(first is null
            ? " The events on the endpoint's page have details."
            : $" Monitoring.GetBuildLogsAsync(\"{Word(endpoint.Name)}\", \"{Word(first)}\") and GetServerLogsAsync have details.");
        return text.ToString();
    }

    private static bool IsNotReady(ServedEntity entity) => entity.State?.Deployment != DeploymentState.Ready;

    private static string Word(string? text) => SingleLineText.Of(text, MaxWordLength);
}
