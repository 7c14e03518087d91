namespace Connectors.Databricks.Endpoints;

/// <summary>A change that a model asks for through a tool.</summary>
/// <param name="ToolName">The tool, such as <c>stop_serving_endpoint</c>.</param>
/// <param name="EndpointName">The endpoint; without control, bidirectional or invisible characters.</param>
/// <param name="Description">
/// What would be done, in a sentence for people: <c>Stop endpoint 'churn-v1'.</c> One line of bounded length. Arguments of the model are quoted,
/// and their control, bidirectional and invisible characters are escaped.
/// </param>
public sealed record EndpointChange(string ToolName, string EndpointName, string Description);
