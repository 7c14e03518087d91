namespace Connectors.Databricks.Transport;

/// <summary>One page of a list of the workspace.</summary>
/// <param name="Items">The items of the page.</param>
/// <param name="NextPageToken">The token of the next page; null for the last page.</param>
internal sealed record WorkspacePage<T>(IReadOnlyList<T> Items, string? NextPageToken);

/// <summary>A list of the workspace.</summary>
/// <param name="Items">The items that were read.</param>
/// <param name="Gap">What the list may lack, and why; null when it was read to its end.</param>
/// <param name="Failure">The failure of a page after the first; null when there was none.</param>
internal sealed record WorkspaceList<T>(IReadOnlyList<T> Items, string? Gap, DatabricksServingException? Failure)
{
    /// <summary>Whether more pages exist that were not read, because a limit was reached or one failed.</summary>
    public bool IsCut { get; init; }
}
