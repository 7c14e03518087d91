namespace Connectors.Databricks.Models;

/// <summary>Reads the served entities of endpoints whose names identify no model.</summary>
internal interface IServedEntities
{
    /// <returns>The served entities.</returns>
    /// <exception cref="DatabricksServingException">
    /// The lookup failed, for example because the permission to view the endpoint is missing.
    /// </exception>
    Task<IReadOnlyList<ServedModelReference>> GetAsync(string endpointName, CancellationToken cancellationToken);
}

/// <summary>A served entity of an endpoint.</summary>
/// <param name="Name">The entity, such as <c>system.ai.claude-sonnet-4-5</c>; null for an external model.</param>
/// <param name="Provider">The provider of an external model.</param>
/// <param name="ExternalName">The provider's name of the model.</param>
internal sealed record ServedModelReference(string? Name, string? Provider = null, string? ExternalName = null);
