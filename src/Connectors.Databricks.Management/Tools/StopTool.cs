using Connectors.Databricks.Discovery.Tools;

namespace Connectors.Databricks.Management.Tools;

/// <summary><c>stop_serving_endpoint</c>.</summary>
internal sealed class StopTool(DatabricksManagementClient endpoints, ChangeApproval approve, ToolContext context) : ChangeTool(
    "stop_serving_endpoint",
    "Stops an endpoint of a custom model: it costs nothing and rejects requests until it is started.",
    NameAlone,
    approve,
    context)
{
    protected override string Note => "It takes the service minutes. get_serving_endpoint shows how far it is.";

    protected override (string Description, Func<CancellationToken, Task> Change) Plan(string endpointName, ToolArguments arguments) =>
        ($"Stop endpoint {Shown(endpointName)}.", cancellationToken => endpoints.StopAsync(endpointName, cancellationToken));
}
