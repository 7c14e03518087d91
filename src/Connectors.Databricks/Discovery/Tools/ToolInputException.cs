namespace Connectors.Databricks.Discovery.Tools;

/// <summary>A model called a tool with arguments that make no sense; it reads the message. Never leaves the tool.</summary>
internal sealed class ToolInputException(string message) : Exception(message);
