using System.Text.Json;
using Connectors.Databricks.Management.Documents;
using Connectors.Databricks.Management.Json;
using Connectors.Databricks.Management.ModelServices;
using Connectors.Databricks.Management.Permissions;

namespace Connectors.Databricks.Management;

/// <summary>
/// Creates the objects that clients return, for tests of an app that mock the clients. Most can also be created with an object initializer;
/// the
/// methods here read the JSON documents of the service as the clients do.
/// </summary>
public static class DatabricksManagementModelFactory
{
    /// <summary>Creates an endpoint from its document.</summary>
    /// <param name="document">The JSON document.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="JsonException">The document is not that of an endpoint.</exception>
    public static ServingEndpoint ServingEndpoint(string document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return DocumentReading.Read(JsonElement.Parse(document), ManagementJsonContext.Default.ServingEndpoint);
    }

    /// <summary>Creates the permissions of an endpoint from their document.</summary>
    /// <param name="document">The JSON document.</param>
    /// <returns>The permissions.</returns>
    /// <exception cref="JsonException">The document is not that of permissions.</exception>
    public static EndpointPermissions EndpointPermissions(string document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return DocumentReading.Read(JsonElement.Parse(document), PermissionsJsonContext.Default.EndpointPermissions);
    }

    /// <summary>Creates a model service from its document.</summary>
    /// <param name="document">The JSON document.</param>
    /// <returns>The model service.</returns>
    /// <exception cref="JsonException">The document is not that of a model service.</exception>
    public static ModelService ModelService(string document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return DocumentReading.Read(JsonElement.Parse(document), ModelServiceJsonContext.Default.ModelService);
    }

    /// <summary>Creates a ready endpoint.</summary>
    /// <param name="name">The name of the endpoint.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="configUpdate">The state of the update; <see langword="null"/> for none in progress.</param>
    /// <returns>The endpoint.</returns>
    public static ServingEndpoint ServingEndpoint(string name, EndpointConfig config, ConfigUpdateState? configUpdate = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(config);
        return new ServingEndpoint
        {
            Name = name,
            Config = config,
            State = new EndpointState { Ready = EndpointReadiness.Ready, ConfigUpdate = configUpdate ?? ConfigUpdateState.NotUpdating },
        };
    }
}
