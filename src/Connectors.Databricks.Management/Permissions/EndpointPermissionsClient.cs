using Connectors.Databricks.Management.Permissions;
using Connectors.Databricks.Management.Requests;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management;

/// <summary>
/// Reads and changes the permissions of endpoints. Returned by <see cref="DatabricksManagementClient.Permissions"/>. Thread-safe.
/// </summary>
/// <remarks>
/// The service identifies the object of permissions by the id of the endpoint, which changes when an endpoint is created again. Methods
/// take
/// the name and look up the id with one more request, so that a grant never goes to an endpoint that no longer has the name.
/// </remarks>
public class EndpointPermissionsClient
{
    private const string Collection = "permissions/serving-endpoints";

    private readonly EndpointRequests? _requests;

    internal EndpointPermissionsClient(EndpointRequests requests) => _requests = requests;

    /// <summary>
    /// Initializes a new instance of the <see cref="EndpointPermissionsClient"/> class for mocks and decorators: every member that is
    /// called must be overridden.
    /// </summary>
    protected EndpointPermissionsClient()
    {
    }

    private EndpointRequests Requests => _requests ?? throw new InvalidOperationException(
        "This EndpointPermissionsClient was created without a workspace, as mocks are. Override the member that was called.");

    /// <summary>Gets the permissions of an endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The permissions, including inherited ones.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">A request failed.</exception>
    public virtual async Task<EndpointPermissions> GetAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        var uri = await AtAsync(endpointName, cancellationToken).ConfigureAwait(false);
        return await Requests.ReadDocumentAsync(
            $"Getting the permissions of endpoint '{endpointName}'", endpointName, uri, PermissionsJsonContext.Default.EndpointPermissions,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gets the permission levels that can be granted on an endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The levels, each with the description of the service.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">A request failed.</exception>
    public virtual async Task<IReadOnlyList<EndpointPermissionDescription>> GetLevelsAsync(
        string endpointName, CancellationToken cancellationToken = default)
    {
        var uri = await AtAsync(endpointName, cancellationToken, "permissionLevels").ConfigureAwait(false);
        var list = await Requests.ReadAsync(
            $"Getting the permission levels of endpoint '{endpointName}'", endpointName, uri,
                PermissionsJsonContext.Default.PermissionLevelList,
            cancellationToken).ConfigureAwait(false);
        return list.PermissionLevels ?? [];
    }

    /// <summary>
    /// Replaces the direct permissions of an endpoint: a principal that is not in <paramref name="grants"/> loses its direct permissions.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="grants">All grants.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The permissions after the change.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">A request failed.</exception>
    public virtual Task<EndpointPermissions> SetAsync(
        string endpointName, IEnumerable<EndpointGrant> grants, CancellationToken cancellationToken = default) =>
        GrantAsync(HttpMethod.Put, "Setting", endpointName, grants, cancellationToken);

    /// <summary>Adds grants to the permissions of an endpoint; a principal that has one gets the new level.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="grants">The grants to add.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The permissions after the change.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">A request failed.</exception>
    public virtual Task<EndpointPermissions> UpdateAsync(
        string endpointName, IEnumerable<EndpointGrant> grants, CancellationToken cancellationToken = default) =>
        GrantAsync(HttpMethod.Patch, "Updating", endpointName, grants, cancellationToken);

    private async Task<EndpointPermissions> GrantAsync(
        HttpMethod method, string verb, string endpointName, IEnumerable<EndpointGrant> grants, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grants);
        var list = new GrantList([.. grants]);
        var uri = await AtAsync(endpointName, cancellationToken).ConfigureAwait(false);
        var call = EndpointRequests.Change(
            method, $"{verb} the permissions of endpoint '{endpointName}'", endpointName, uri, RetrySafety.Idempotent);
        return await Requests.WriteDocumentAsync(
            call, list, PermissionsJsonContext.Default.GrantList, PermissionsJsonContext.Default.EndpointPermissions, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<Uri> AtAsync(string endpointName, CancellationToken cancellationToken, params string[] route)
    {
        var endpoint = await Requests.GetAsync(endpointName, cancellationToken).ConfigureAwait(false);
        endpoint.RequireReadable("id", $"The permissions of endpoint '{endpointName}' need it.");
        return endpoint.Id is { Length: > 0 } id
            ? Requests.Api.At(Collection, [id, .. route])
            : throw new InvalidOperationException(
                $"The service reports no id of endpoint '{endpointName}', so its permissions cannot be read or changed: it is an " +
                $"endpoint of Databricks.");
    }
}
