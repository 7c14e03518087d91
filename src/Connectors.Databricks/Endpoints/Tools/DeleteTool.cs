namespace Connectors.Databricks.Endpoints.Tools;

/// <summary><c>delete_serving_endpoint</c>.</summary>
internal sealed class DeleteTool(DatabricksEndpointClient endpoints, EndpointToolOptions options)
    : ChangeTool("delete_serving_endpoint", "Deletes an endpoint for good.", NameAlone, options)
{
    protected override (string Description, Func<CancellationToken, Task> Change) Plan(string endpointName, ToolArguments arguments) =>
        ($"Delete endpoint {Shown(endpointName)} for good.", cancellationToken => endpoints.DeleteAsync(endpointName, cancellationToken));
}
