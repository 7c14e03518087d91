using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Gateway;

namespace Connectors.Databricks.Emulator;

/// <summary>A model service of Unity Catalog, which the gateway serves.</summary>
public sealed class EmulatedModelService
{
    private readonly ModelService _service;

    internal EmulatedModelService(EmulatedEndpoint endpoint, ModelService service)
    {
        Endpoint = endpoint;
        _service = service;
    }

    /// <summary>Gets the three-part name, which is <c>model</c> in requests.</summary>
    public string Name => _service.Name;

    /// <summary>Gets the endpoint behind the model service: its methods queue responses and modify them.</summary>
    public EmulatedEndpoint Endpoint { get; }

    /// <summary>Gets the <c>etag</c> of the current configuration.</summary>
    public string Etag => _service.Etag;

    /// <summary>Gets a copy of the current <c>config</c>.</summary>
    public JsonObject Config => (JsonObject)_service.State.Config.DeepClone();

    /// <summary>Gets the registered model of the first destination, such as <c>system.ai.databricks-claude-sonnet-4-5</c>.</summary>
    public string? RegisteredModel => _service.Endpoint.Life.State.Shown?.Entities[0].EntityName;

    /// <summary>Grants EXECUTE.</summary>
    /// <param name="principal">A user, the client id of a service principal, a group, or <c>account users</c> for all users.</param>
    /// <returns>The same service, for chaining.</returns>
    public EmulatedModelService GrantsExecute(string principal = ExecuteGrants.Everyone)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(principal);
        _service.Grants.Add(principal, "EXECUTE");
        return this;
    }

    /// <summary>Revokes EXECUTE: requests of the principal fail with 403.</summary>
    /// <param name="principal">A user, the client id of a service principal, a group, or <c>account users</c> for all users.</param>
    /// <returns>The same service, for chaining.</returns>
    public EmulatedModelService RevokesExecute(string principal = ExecuteGrants.Everyone)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(principal);
        _service.Grants.Remove(principal, "EXECUTE");
        return this;
    }

    /// <summary>
    /// Grants MANAGE: the principal may change the service and its grants; of system services, only the rate limits and the inference
    /// table.
    /// </summary>
    /// <param name="principal">
    /// A user, the client id of a service principal, or a group; null is the owner of the personal access token.
    /// </param>
    /// <returns>The same service, for chaining.</returns>
    public EmulatedModelService GrantsManage(string? principal = null)
    {
        _service.Grants.Add(principal ?? EndpointStore.User, "MANAGE");
        return this;
    }

    /// <summary>
    /// Fails later requests to a destination: after 429 and server errors the fallback destinations respond; otherwise the request fails
    /// with the status.
    /// </summary>
    /// <param name="destination">The name of the destination.</param>
    /// <param name="status">The status, such as 429 or 503.</param>
    /// <returns>The same service, for chaining.</returns>
    public EmulatedModelService FailsDestination(string destination, int status = 503)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(destination);
        _service.Break(destination, status);
        return this;
    }

    /// <summary>Repairs a destination that <see cref="FailsDestination"/> failed.</summary>
    /// <param name="destination">The name of the destination.</param>
    /// <returns>The same service, for chaining.</returns>
    public EmulatedModelService RepairsDestination(string destination)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(destination);
        _service.Repair(destination);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
