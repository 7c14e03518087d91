using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Management.Requests;

namespace Connectors.Databricks.Management;

/// <summary>
/// Manages the serving endpoints and model services of a workspace: full documents, changes, rollouts, permissions and monitoring. Created
/// by <see cref="DatabricksServingClientManagementExtensions.GetManagementClient"/>. Thread-safe.
/// </summary>
/// <remarks>
/// Reads, and writes that are idempotent, are retried after any transient failure. Creating, updating, starting, stopping and deleting an
/// endpoint are not idempotent, so they are retried only if the service has not processed the request: after a failure without a response,
/// get the endpoint before you repeat the request.
/// </remarks>
public partial class DatabricksManagementClient
{
    private readonly EndpointRequests? _requests;
    private readonly EndpointRolloutsClient? _rollouts;
    private readonly EndpointPermissionsClient? _permissions;
    private readonly EndpointMonitoringClient? _monitoring;
    private readonly ModelServicesClient? _modelServices;

    internal DatabricksManagementClient(DatabricksServingClient serving)
    {
        _requests = new EndpointRequests(serving.Api);
        _rollouts = new EndpointRolloutsClient(_requests);
        _permissions = new EndpointPermissionsClient(_requests);
        _monitoring = new EndpointMonitoringClient(_requests);
        _modelServices = new ModelServicesClient(serving.Api, serving.ModelServices);
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksManagementClient"/> class for mocks and decorators: every member that is
    /// called must be overridden.
    /// </summary>
    protected DatabricksManagementClient()
    {
    }

    /// <summary>Gets the client for rollouts: traffic, served entities, promotion and rollback.</summary>
    public virtual EndpointRolloutsClient Rollouts => Connected(_rollouts);

    /// <summary>Gets the client for permissions.</summary>
    public virtual EndpointPermissionsClient Permissions => Connected(_permissions);

    /// <summary>Gets the client for metrics and logs.</summary>
    public virtual EndpointMonitoringClient Monitoring => Connected(_monitoring);

    /// <summary>Gets the client for model services of Unity Catalog, which Unity Gateway serves.</summary>
    public virtual ModelServicesClient ModelServices => Connected(_modelServices);

    /// <summary>Removes secrets from the results of tools; for a mock, only strings that look like tokens.</summary>
    internal Redaction Redaction => _requests?.Api.Redaction ?? Redaction.OfNone;

    private EndpointRequests Requests => Connected(_requests);

    private static T Connected<T>(T? member)
        where T : class =>
        member ?? throw new InvalidOperationException(
            "This DatabricksManagementClient was created without a workspace, as mocks are. Override the member that was called.");
}
