using System.Text;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Endpoints.Waiting;

/// <summary>Judges how an endpoint stands, and says in words what is wrong with it.</summary>
internal static class EndpointJudgement
{
    private const int LongestWord = 100;
    private const int MostEntities = 5;

    public static EndpointVerdict Of(ServingEndpoint endpoint)
    {
        var update = endpoint.State?.ConfigUpdate ?? default;
        if (update == ConfigUpdateState.UpdateFailed || update == ConfigUpdateState.UpdateCanceled)
        {
            return EndpointVerdict.Failed;
        }

        if (update != ConfigUpdateState.NotUpdating)
        {
            return EndpointVerdict.Underway;
        }

        return endpoint.IsReady ? EndpointVerdict.Ready
            : Entities(endpoint).Any(IsBroken) ? EndpointVerdict.Failed
            : Entities(endpoint).Any(IsMoving) ? EndpointVerdict.Underway
            : EndpointVerdict.Idle;
    }

    /// <summary>Why it will not become ready: the update's end, and each served entity that is to blame, with the service's words.</summary>
    public static string Blame(ServingEndpoint endpoint)
    {
        var words = new StringBuilder();
        words.Append(endpoint.State?.ConfigUpdate == ConfigUpdateState.UpdateCanceled ? "its update was cancelled"
            : endpoint.State?.ConfigUpdate == ConfigUpdateState.UpdateFailed ? "its update failed"
            : "its deployment failed");
        words.Append(" (").Append(SingleLineText.Of($"{endpoint.State}", LongestWord)).Append(").");
        string? first = null;
        foreach (var entity in Entities(endpoint).Where(entity => !IsReady(entity)).Take(MostEntities))
        {
            words.Append(" Served entity '").Append(SingleLineText.Of(entity.Name, LongestWord)).Append("' is ");
            words.Append(SingleLineText.Of($"{entity.State!.Deployment}", LongestWord));
            words.Append(string.IsNullOrWhiteSpace(entity.State.Message) ? "." : $": \"{SingleLineText.Of(entity.State.Message, ServiceError.LongestMessage)}\".");
            first ??= entity.Name;
        }

        if (endpoint.IsReady)
        {
            words.Append(" The configuration before still answers.");
        }

        words.Append(first is null
            ? " The events on the endpoint's page say more."
            : $" Endpoints.GetBuildLogsAsync(\"{SingleLineText.Of(endpoint.Name, LongestWord)}\", \"{SingleLineText.Of(first, LongestWord)}\") and GetServerLogsAsync say more.");
        return words.ToString();
    }

    // Without a pending configuration the failed entities are in the one that is served.
    private static IEnumerable<ServedEntity> Entities(ServingEndpoint endpoint) =>
        ((endpoint.PendingConfig ?? endpoint.Config)?.ServedEntities ?? []).Where(entity => entity.State is not null);

    private static bool IsReady(ServedEntity entity) => entity.State?.Deployment == DeploymentState.Ready;

    private static bool IsBroken(ServedEntity entity) =>
        entity.State?.Deployment == DeploymentState.Failed || entity.State?.Deployment == DeploymentState.Aborted;

    private static bool IsMoving(ServedEntity entity) => !IsReady(entity) && !IsBroken(entity);
}
