namespace Connectors.Databricks.Management;

/// <summary>A foundation model of Databricks that is billed per token.</summary>
public sealed record PayPerTokenDestination : EndpointDocument
{
    /// <summary>Gets the registered model, such as <c>models/system.ai.databricks-claude-sonnet-4-5</c>.</summary>
    public string? Model { get; init; }
}
