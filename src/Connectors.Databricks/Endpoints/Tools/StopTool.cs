namespace Connectors.Databricks.Endpoints.Tools;

/// <summary><c>stop_serving_endpoint</c>.</summary>
internal sealed class StopTool(DatabricksEndpointClient endpoints, EndpointToolOptions options) : ChangeTool(
    "stop_serving_endpoint",
    "Stops an endpoint of a custom model: it costs nothing and answers nothing until it is started.",
    NameAlone,
    options)
{
    protected override string Note => "It takes the service minutes. get_serving_endpoint shows how far it is.";

    protected override (string Description, Func<CancellationToken, Task> Change) Plan(string endpointName, ToolArguments arguments) =>
        ($"Stop endpoint {Shown(endpointName)}.", cancellationToken => endpoints.StopAsync(endpointName, cancellationToken));
}
