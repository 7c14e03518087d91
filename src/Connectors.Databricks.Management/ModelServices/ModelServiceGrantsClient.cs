using Connectors.Databricks.Management.ModelServices;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management;

/// <summary>
/// Reads and changes privileges on model services. It comes from <see cref="ModelServicesClient.Grants"/>, and is thread-safe.
/// </summary>
/// <remarks>
/// To query a service, a principal needs <c>EXECUTE</c> on it, <c>USE SCHEMA</c> on its schema and <c>USE CATALOG</c> on its catalog; the
/// latter two are granted there. The owner of the service, and not its callers, needs access to the destinations. Changes take minutes to
/// reach queries.
/// </remarks>
public class ModelServiceGrantsClient
{
    private const string SecurableType = "model_service";

    private readonly ModelServiceRequests? _requests;

    internal ModelServiceGrantsClient(ModelServiceRequests requests) => _requests = requests;

    /// <summary>
    /// Initializes a new instance of the <see cref="ModelServiceGrantsClient"/> class for mocks and decorators: every member that is called
    /// must be overridden.
    /// </summary>
    protected ModelServiceGrantsClient()
    {
    }

    private ModelServiceRequests Requests => _requests ?? throw new InvalidOperationException(
        "This ModelServiceGrantsClient was created without a workspace, as mocks are. Override the member that was called.");

    /// <summary>Gets the privileges that are granted on a model service itself; inherited ones are not included.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>A grant for each principal.</returns>
    /// <exception cref="ArgumentException"><paramref name="serviceName"/> is not a three-part name.</exception>
    /// <exception cref="DatabricksServingException">A request failed.</exception>
    public virtual Task<IReadOnlyList<ModelServiceGrant>> GetAsync(string serviceName, CancellationToken cancellationToken = default)
    {
        var name = ModelServiceNames.Require(serviceName, nameof(serviceName));
        return Requests.ReadGrantsAsync<ModelServiceGrant>(
            pageToken => ModelServiceRequests.Read(
                $"Getting the grants on model service '{name}'", name,

                // Lists without max_results are deprecated.
                Requests.Api.AtCatalog(["permissions", SecurableType, name], ("max_results", "0"), ("page_token", pageToken))),
            static (call, document, stop) =>
            {
                var page = WorkspaceDocument.Read(call, document, ModelServiceJsonContext.Default.GrantPage, stop);
                return new([.. (page.PrivilegeAssignments ?? []).OfType<ModelServiceGrant>()], page.NextPageToken);
            },
            cancellationToken);
    }

    /// <summary>Gets what principals may do with a model service, privileges inherited from the schema and the catalog included.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="principal">The user, the group or the service principal; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>A grant for each principal.</returns>
    /// <exception cref="ArgumentException"><paramref name="serviceName"/> is not a three-part name.</exception>
    /// <exception cref="DatabricksServingException">A request failed.</exception>
    public virtual Task<IReadOnlyList<ModelServiceEffectiveGrant>> GetEffectiveAsync(
        string serviceName, string? principal = null, CancellationToken cancellationToken = default)
    {
        var name = ModelServiceNames.Require(serviceName, nameof(serviceName));
        return Requests.ReadGrantsAsync<ModelServiceEffectiveGrant>(
            pageToken => ModelServiceRequests.Read(
                $"Getting the effective grants on model service '{name}'", name,
                Requests.Api.AtCatalog(
                    ["effective-permissions", SecurableType, name],
                    ("principal", principal), ("max_results", "0"), ("page_token", pageToken))),
            static (call, document, stop) =>
            {
                var page = WorkspaceDocument.Read(call, document, ModelServiceJsonContext.Default.EffectiveGrantPage, stop);
                return new([.. (page.PrivilegeAssignments ?? []).OfType<ModelServiceEffectiveGrant>()], page.NextPageToken);
            },
            cancellationToken);
    }

    /// <summary>Grants <c>EXECUTE</c>: the principal may query the model service.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="principal">The email address of a user, the name of a group, or the application id of a service principal.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The grants after the change.</returns>
    /// <exception cref="ArgumentException">A name is empty or invalid.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task<IReadOnlyList<ModelServiceGrant>> GrantExecuteAsync(
        string serviceName, string principal, CancellationToken cancellationToken = default) =>
        UpdateAsync(serviceName, [ModelServiceGrantChange.Grant(principal, ModelServicePrivilege.Execute)], cancellationToken);

    /// <summary>Revokes <c>EXECUTE</c>. A principal that inherits it, or is in a group that has it, keeps it.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="principal">The email address of a user, the name of a group, or the application id of a service principal.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The grants after the change.</returns>
    /// <exception cref="ArgumentException">A name is empty or invalid.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task<IReadOnlyList<ModelServiceGrant>> RevokeExecuteAsync(
        string serviceName, string principal, CancellationToken cancellationToken = default) =>
        UpdateAsync(serviceName, [ModelServiceGrantChange.Revoke(principal, ModelServicePrivilege.Execute)], cancellationToken);

    /// <summary>Grants and revokes privileges; those that no change names stay as they are.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The grants after the change.</returns>
    /// <exception cref="ArgumentException">A name is empty or invalid.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual async Task<IReadOnlyList<ModelServiceGrant>> UpdateAsync(
        string serviceName, IEnumerable<ModelServiceGrantChange> changes, CancellationToken cancellationToken = default)
    {
        var name = ModelServiceNames.Require(serviceName, nameof(serviceName));
        ArgumentNullException.ThrowIfNull(changes);
        var list = new GrantChanges([.. changes]);
        if (list.Changes.Any(change => string.IsNullOrWhiteSpace(change.Principal)))
        {
            throw new ArgumentException("A change has no Principal.", nameof(changes));
        }

        var call = ModelServiceRequests.Change(
            HttpMethod.Patch, $"Updating the grants on model service '{name}'", name,
            Requests.Api.AtCatalog(["permissions", SecurableType, name]), RetrySafety.Idempotent);
        var page = await Requests.Api.SendAsync(
            call, list, ModelServiceJsonContext.Default.GrantChanges,
            (sent, document, stop) => WorkspaceDocument.Read(sent, document, ModelServiceJsonContext.Default.GrantPage, stop),
            cancellationToken).ConfigureAwait(false);
        return [.. (page.PrivilegeAssignments ?? []).OfType<ModelServiceGrant>()];
    }
}
