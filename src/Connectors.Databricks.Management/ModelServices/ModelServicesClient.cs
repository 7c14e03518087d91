using Connectors.Databricks.Management.ModelServices;
using Connectors.Databricks.Management.Requests;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management;

/// <summary>
/// Manages the model services of Unity Catalog, which Unity Gateway serves. It comes from
/// <see cref="DatabricksManagementClient.ModelServices"/>, and is thread-safe.
/// </summary>
/// <remarks>
/// A change takes effect at once; there is no deployment to wait for. Changing requires <c>MANAGE</c> on the service or its ownership, and
/// every call <c>USE CATALOG</c> and <c>USE SCHEMA</c>; OAuth tokens need the scope <c>unity-catalog</c>.
/// </remarks>
public partial class ModelServicesClient
{
    private readonly ModelServiceRequests? _requests;
    private readonly ModelServiceGrantsClient? _grants;
    private readonly ModelServiceRolloutsClient? _rollouts;

    internal ModelServicesClient(WorkspaceApi api, ModelServicePager pager)
    {
        _requests = new ModelServiceRequests(api, pager);
        _grants = new ModelServiceGrantsClient(_requests);
        _rollouts = new ModelServiceRolloutsClient(_requests);
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ModelServicesClient"/> class for mocks and decorators: every member that is called must
    /// be overridden.
    /// </summary>
    protected ModelServicesClient()
    {
    }

    /// <summary>Gets the client for grants.</summary>
    public virtual ModelServiceGrantsClient Grants => Connected(_grants);

    /// <summary>Gets the client for rollouts: traffic, destinations, promotion and rollback.</summary>
    public virtual ModelServiceRolloutsClient Rollouts => Connected(_rollouts);

    private ModelServiceRequests Requests => Connected(_requests);

    /// <summary>
    /// Lists the model services that you may see: those that you own, or have a privilege on. Reads up to 100 pages, and smaller ones when
    /// the service cancels a page that takes it too long.
    /// </summary>
    /// <param name="schema">
    /// The schema, such as <c>system.ai</c>; <see langword="null"/> for all, or for <c>system.ai</c> where the workspace requires a schema.
    /// </param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>
    /// The model services, in the order of the service. If there may be more, <see cref="DocumentList{T}.Notes"/> has the reason.
    /// </returns>
    /// <exception cref="DatabricksServingException">A request failed.</exception>
    public virtual Task<DocumentList<ModelService>> ListAsync(string? schema = null, CancellationToken cancellationToken = default) =>
        Requests.ListAsync(schema is null ? null : ModelServiceNames.Schema(schema, nameof(schema)), cancellationToken);

    /// <summary>Gets a model service.</summary>
    /// <param name="serviceName">The three-part name, such as <c>main.ai.chat</c>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The model service.</returns>
    /// <exception cref="ArgumentException"><paramref name="serviceName"/> is not a three-part name.</exception>
    /// <exception cref="DatabricksServingException">The request failed.</exception>
    public virtual Task<ModelService> GetAsync(string serviceName, CancellationToken cancellationToken = default) =>
        Requests.GetAsync(ModelServiceNames.Require(serviceName, nameof(serviceName)), cancellationToken);

    /// <summary>Gets a model service that may not exist.</summary>
    /// <param name="serviceName">The three-part name.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>
    /// The model service; <see langword="null"/> if there is none, which the service also reports when a privilege is missing.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="serviceName"/> is not a three-part name.</exception>
    /// <exception cref="DatabricksServingException">
    /// The request failed for another reason, including a 404 because the workspace has no Unity Gateway.
    /// </exception>
    public virtual async Task<ModelService?> FindAsync(string serviceName, CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetAsync(serviceName, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabricksServingException exception) when (CreateOnce.IsMissing(exception))
        {
            return null;
        }
    }

    private static T Connected<T>(T? member)
        where T : class =>
        member ?? throw new InvalidOperationException(
            "This ModelServicesClient was created without a workspace, as mocks are. Override the member that was called.");
}
