namespace Connectors.Databricks.Endpoints;

/// <summary>A change that a model asks for through a tool.</summary>
/// <param name="ToolName">The tool, such as <c>stop_serving_endpoint</c>.</param>
/// <param name="EndpointName">The endpoint.</param>
/// <param name="Description">What would be done, in a sentence for people: <c>Stop endpoint 'churn-v1'.</c></param>
public sealed record EndpointChange(string ToolName, string EndpointName, string Description);
