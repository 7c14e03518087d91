namespace Connectors.Databricks.Endpoints;

/// <summary>An endpoint that may do for a task, and why.</summary>
/// <param name="Entry">The endpoint.</param>
/// <param name="Score">How well it fits beside the others; it means nothing by itself.</param>
/// <param name="Reasons">What speaks for it.</param>
/// <param name="Cautions">What speaks against it.</param>
public sealed record EndpointRecommendation(
    CatalogEntry Entry, double Score, IReadOnlyList<string> Reasons, IReadOnlyList<string> Cautions);
