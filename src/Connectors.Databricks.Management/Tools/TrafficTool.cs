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
        var shares = arguments.Numbers("percentages");
        if (shares.Any(share => share.Number is < 0 or > 100) || shares.Sum(share => share.Number) != 100)
        {
            throw new ToolInputException("'percentages' must be from 0 to 100 and sum to 100.");
        }

        if (shares.DistinctBy(share => share.Name).Count() < shares.Count)
        {
            throw new ToolInputException("'percentages' names a served entity twice.");
        }

        var described = string.Join(", ", shares.Select(share => $"{Shown(share.Name)} {share.Number} %"));
        var traffic = new TrafficConfig { Routes = [.. shares.Select(share => new TrafficRoute(share.Name, share.Number))] };
        return ($"Share the calls of endpoint {Shown(endpointName)} out: {described}.",
            cancellationToken => endpoints.Rollouts.SetTrafficAsync(endpointName, traffic, cancellationToken: cancellationToken));
    }
}
