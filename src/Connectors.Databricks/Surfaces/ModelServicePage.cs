namespace Connectors.Databricks.Surfaces;

/// <summary>One page of the list of model services.</summary>
/// <param name="Items">The services of the page.</param>
/// <param name="NextPageToken">The token of the next page; null for the last page.</param>
internal sealed record ModelServicePage<T>(IReadOnlyList<T> Items, string? NextPageToken);

/// <summary>The list of model services.</summary>
/// <param name="Items">The services that were read.</param>
/// <param name="Gap">What the list may lack, and why; null when it was read to its end.</param>
/// <param name="Failure">The failure of a page after the first; null when there was none.</param>
internal sealed record ModelServiceList<T>(IReadOnlyList<T> Items, string? Gap, DatabricksServingException? Failure);
