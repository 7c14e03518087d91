using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Discovery.Tools;

/// <summary>What the result of every tool goes through.</summary>
/// <param name="MaxResultLength">The maximum length, in characters of JSON.</param>
/// <param name="Redaction">Removes secrets.</param>
internal sealed record ToolContext(int MaxResultLength, Redaction Redaction);
