namespace Connectors.Databricks.Management;

/// <summary>A change that a model requests with a tool.</summary>
public sealed class EndpointChange
{
    /// <summary>Gets the name of the tool, such as <c>stop_serving_endpoint</c>.</summary>
    public required string ToolName { get; init; }

    /// <summary>Gets the name of the endpoint or the model service; without control, bidirectional or invisible characters.</summary>
    public required string EndpointName { get; init; }

    /// <summary>
    /// Gets a description of the change in one line of bounded length: <c>Stop endpoint 'churn-v1'.</c> Arguments of the model are quoted,
    /// and their control, bidirectional and invisible characters are escaped.
    /// </summary>
    public required string Description { get; init; }

    /// <summary>Returns <see cref="Description"/>.</summary>
    /// <returns>The sentence.</returns>
    public override string ToString() => Description;
}
