using Connectors.Databricks.Discovery.Tools;

namespace Connectors.Databricks.Management.Tools;

/// <summary><c>tag_serving_endpoint</c>.</summary>
internal sealed class TagTool(DatabricksManagementClient endpoints, ChangeApproval approve, ToolContext context) : ChangeTool(
    "tag_serving_endpoint",
    "Sets a tag of an endpoint.",
    """
    {"type":"object","properties":{"name":{"type":"string","description":"The exact name of the endpoint"},
    "key":{"type":"string"},"value":{"type":"string"}},"required":["name","key"]}
    """,
    approve,
    context)
{
    protected override (string Description, Func<CancellationToken, Task> Change) Plan(string endpointName, ToolArguments arguments)
    {
        var tag = new EndpointTag(arguments.Required("key"), arguments.Text("value"));
        var value = tag.Value is { } given ? $" = {Shown(given)}" : " without a value";
        return ($"Tag endpoint {Shown(endpointName)} with {Shown(tag.Key)}{value}.",
            cancellationToken => endpoints.UpdateTagsAsync(endpointName, [tag], cancellationToken: cancellationToken));
    }
}
