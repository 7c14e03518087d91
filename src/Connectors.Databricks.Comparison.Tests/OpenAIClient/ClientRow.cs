namespace Connectors.Databricks.Comparison.Tests.OpenAIClient;

/// <summary>A row of the table in docs/migration.md, with what makes it true.</summary>
internal sealed class ClientRow(string situation, string openAI, string databricks)
{
    /// <summary>What both clients are given.</summary>
    public required IReadOnlyList<ClientCase> Cases { get; init; }

    /// <summary>Asserts what the column of the OpenAI client claims.</summary>
    public required Action<ClientRun> OpenAI { get; init; }

    /// <summary>Asserts what the column of this connector claims.</summary>
    public required Action<ClientRun> Databricks { get; init; }

    /// <summary>Whether README shows the row.</summary>
    public bool IsInReadme { get; init; }

    /// <summary>The row in Markdown.</summary>
    public override string ToString() => $"| {situation} | {openAI} | {databricks} |";
}
