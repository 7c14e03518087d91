using Connectors.Databricks.Discovery.Tools;

namespace Connectors.Databricks.Management.Tools;

/// <summary><c>delete_serving_endpoint</c>.</summary>
internal sealed class DeleteTool(DatabricksManagementClient endpoints, ChangeApproval approve, ToolContext context)
    : ChangeTool("delete_serving_endpoint", "Deletes an endpoint for good.", NameAlone, approve, context)
{
    protected override (string Description, Func<CancellationToken, Task> Change) Plan(string endpointName, ToolArguments arguments) =>
        ($"Delete endpoint {Shown(endpointName)} for good.", cancellationToken => endpoints.DeleteAsync(endpointName, cancellationToken));
}
