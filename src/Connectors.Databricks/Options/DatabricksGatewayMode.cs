namespace Connectors.Databricks;

/// <summary>When calls go to Unity Gateway.</summary>
public enum DatabricksGatewayMode
{
    /// <summary>
    /// Names of model services (<c>catalog.schema.service</c>) go to Unity Gateway, other names to serving endpoints. When the workspace
    /// refuses a name there, it is mapped with the workspace's own data.
    /// </summary>
    Auto,

    /// <summary>
    /// All names go to Unity Gateway; custom, external and agent endpoints, which it does not serve, stay serving endpoints. A foundation
    /// model is never called outside the gateway.
    /// </summary>
    Always,

    /// <summary>All names are called as serving endpoints, and none is mapped.</summary>
    Never,
}
