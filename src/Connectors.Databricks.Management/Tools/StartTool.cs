using Connectors.Databricks.Discovery.Tools;

namespace Connectors.Databricks.Management.Tools;

/// <summary><c>start_serving_endpoint</c>.</summary>
internal sealed class StartTool(DatabricksManagementClient endpoints, ChangeApproval approve, ToolContext context)
    : ChangeTool("start_serving_endpoint", "Starts a stopped endpoint of a custom model.", NameAlone, approve, context)
{
    protected override string Note => "It takes the service minutes. get_serving_endpoint shows how far it is.";

    protected override (string Description, Func<CancellationToken, Task> Change) Plan(string endpointName, ToolArguments arguments) =>
        ($"Start endpoint {Shown(endpointName)}.", cancellationToken => endpoints.StartAsync(endpointName, cancellationToken));
}
