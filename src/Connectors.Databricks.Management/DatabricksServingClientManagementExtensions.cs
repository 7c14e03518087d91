namespace Connectors.Databricks.Management;

/// <summary>Creates a <see cref="DatabricksManagementClient"/> from a <see cref="DatabricksServingClient"/>.</summary>
public static class DatabricksServingClientManagementExtensions
{
    /// <summary>
    /// Gets a client that manages the endpoints of the workspace, with the credential, retries and telemetry of this
    /// client.
    /// </summary>
    /// <param name="serving">The client of the workspace.</param>
    /// <returns>A thread-safe client. No request is sent until it is used; disposing it is not needed.</returns>
    public static DatabricksManagementClient GetManagementClient(this DatabricksServingClient serving)
    {
        ArgumentNullException.ThrowIfNull(serving);
        return new DatabricksManagementClient(serving);
    }
}
