using Connectors.Databricks.Discovery.Tools;

namespace Connectors.Databricks.Management.Tools;

/// <summary><c>set_model_service_traffic</c>.</summary>
internal sealed class ServiceTrafficTool(DatabricksManagementClient management, ChangeApproval approve, ToolContext context) : ChangeTool(
    "set_model_service_traffic",
    "Splits the traffic of a model service of Unity Gateway among its destinations.",
    """
    {"type":"object","properties":{"name":{"type":"string","description":"The exact name of the model service: catalog.schema.service"},
    "percentages":{"type":"object","description":"A percentage for each destination by its name; they must sum to 100"}},"required":["name","percentages"]}
    """,
    approve,
    context)
{
    protected override (string Description, Func<CancellationToken, Task> Change) Plan(string endpointName, ToolArguments arguments)
    {
        var traffic = TrafficShares.Read(arguments, "destination");
        return ($"Split the traffic of model service {Shown(endpointName)}: {Shown(traffic)}.",
            cancellationToken => management.ModelServices.Rollouts.SetTrafficAsync(
                endpointName, traffic, cancellationToken: cancellationToken));
    }
}
