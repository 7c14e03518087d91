namespace Connectors.Databricks.Discovery.Documents;

/// <summary>Words of the state of an endpoint (serving reference §9.6).</summary>
internal static class EndpointWords
{
    public const string Ready = "READY";
    public const string NotReady = "NOT_READY";
    public const string NotUpdating = "NOT_UPDATING";
    public const string InProgress = "IN_PROGRESS";
    public const string UpdateFailed = "UPDATE_FAILED";
    public const string UpdateCanceled = "UPDATE_CANCELED";
    public const string DeploymentReady = "DEPLOYMENT_READY";
    public const string DeploymentFailed = "DEPLOYMENT_FAILED";
    public const string DeploymentAborted = "DEPLOYMENT_ABORTED";
}
