namespace Connectors.Databricks.TextCompletions.Outbound;

/// <summary>One request of the caller; writing it does not modify it.</summary>
internal sealed record CompletionRequest(
    string EndpointName, string[] Prompts, bool IsList, DatabricksCompletionOptions Options, bool IsStream)
{
    /// <summary>The number of requested choices.</summary>
    public int Choices => Prompts.Length * (Options.ChoiceCount ?? 1);
}
