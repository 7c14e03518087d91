namespace Connectors.Databricks.TextCompletions.Outbound;

/// <summary>One request as the caller made it; nothing in it is changed by writing it.</summary>
internal sealed record CompletionRequest(
    string EndpointName, string[] Prompts, bool IsList, DatabricksCompletionOptions Options, bool IsStream)
{
    /// <summary>How many choices must come.</summary>
    public int Choices => Prompts.Length * (Options.ChoiceCount ?? 1);
}
