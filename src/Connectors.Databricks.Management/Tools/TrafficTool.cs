using Connectors.Databricks.Discovery.Tools;

namespace Connectors.Databricks.Management.Tools;

/// <summary><c>set_endpoint_traffic</c>.</summary>
internal sealed class TrafficTool(DatabricksManagementClient endpoints, ChangeApproval approve, ToolContext context) : ChangeTool(
    "set_endpoint_traffic",
    "Shares the calls of an endpoint out among the entities that it serves.",
    """
    {"type":"object","properties":{"name":{"type":"string","description":"The exact name of the endpoint"},
    "percentages":{"type":"object","description":"A percentage for each served entity by its name; they must sum to 100"}},"required":["name","percentages"]}
    """,
    approve,
    context)
{
    protected override (string Description, Func<CancellationToken, Task> Change) Plan(string endpointName, ToolArguments arguments)
    {
        var traffic = TrafficShares.Read(arguments, "served entity");
        return ($"Share the calls of endpoint {Shown(endpointName)} out: {Shown(traffic)}.",
            cancellationToken => endpoints.Rollouts.SetTrafficAsync(endpointName, traffic, cancellationToken: cancellationToken));
    }
}
