using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Endpoints;

public partial class DatabricksEndpointClient
{
    private const string PermissionCollection = "permissions/serving-endpoints";

    /// <summary>Tells who may do what with an endpoint.</summary>
    /// <param name="endpointId"><see cref="ServingEndpoint.Id"/>, and not the name: an endpoint that is made again has another.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The permissions, those that are inherited included.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointId"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual Task<EndpointPermissions> GetPermissionsAsync(string endpointId, CancellationToken cancellationToken = default) => ReadAsync(
        $"Getting the permissions of the endpoint with id '{endpointId}'", string.Empty, PermissionsAt(endpointId),
        DatabricksJsonContext.Default.EndpointPermissions, cancellationToken);

    /// <summary>Tells which levels can be given for an endpoint.</summary>
    /// <param name="endpointId"><see cref="ServingEndpoint.Id"/>, and not the name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The levels, each with the service's words for it.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointId"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual async Task<IReadOnlyList<EndpointPermissionDescription>> GetPermissionLevelsAsync(
        string endpointId, CancellationToken cancellationToken = default)
    {
        var list = await ReadAsync(
            $"Getting the permission levels of the endpoint with id '{endpointId}'", string.Empty, PermissionsAt(endpointId, "permissionLevels"),
            DatabricksJsonContext.Default.PermissionLevelList, cancellationToken).ConfigureAwait(false);
        return list.PermissionLevels ?? [];
    }

    /// <summary>Replaces who may do what with an endpoint: who is not in <paramref name="grants"/> loses what was given directly.</summary>
    /// <param name="endpointId"><see cref="ServingEndpoint.Id"/>, and not the name.</param>
    /// <param name="grants">All grants.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The permissions after the change.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointId"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual Task<EndpointPermissions> SetPermissionsAsync(
        string endpointId, IEnumerable<EndpointGrant> grants, CancellationToken cancellationToken = default) =>
        GrantAsync(HttpMethod.Put, "Setting", endpointId, grants, cancellationToken);

    /// <summary>Adds to who may do what with an endpoint, or changes the level of who may already.</summary>
    /// <param name="endpointId"><see cref="ServingEndpoint.Id"/>, and not the name.</param>
    /// <param name="grants">The grants to add.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The permissions after the change.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointId"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual Task<EndpointPermissions> UpdatePermissionsAsync(
        string endpointId, IEnumerable<EndpointGrant> grants, CancellationToken cancellationToken = default) =>
        GrantAsync(HttpMethod.Patch, "Updating", endpointId, grants, cancellationToken);

    private Task<EndpointPermissions> GrantAsync(
        HttpMethod method, string doing, string endpointId, IEnumerable<EndpointGrant> grants, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grants);
        var call = WriteCall(
            method, $"{doing} the permissions of the endpoint with id '{endpointId}'", string.Empty, PermissionsAt(endpointId), RetrySafety.Idempotent);
        return WriteAsync(
            call, new GrantList([.. grants]), DatabricksJsonContext.Default.GrantList, DatabricksJsonContext.Default.EndpointPermissions,
            cancellationToken);
    }

    private Uri PermissionsAt(string endpointId, params ReadOnlySpan<string> route)
    {
        EndpointPath.Require(endpointId, nameof(endpointId));
        return EndpointPath.Management(Settings.Host, PermissionCollection, [endpointId, .. route]);
    }
}
