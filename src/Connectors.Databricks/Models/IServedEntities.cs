namespace Connectors.Databricks.Models;

/// <summary>Reads the served entities of endpoints whose names identify no model.</summary>
internal interface IServedEntities
{
    /// <returns>The served entities and their APIs.</returns>
    /// <exception cref="DatabricksServingException">
    /// The lookup failed, for example because the permission to view the endpoint is missing.
    /// </exception>
    Task<ServedEntities> GetAsync(string endpointName, CancellationToken cancellationToken);
}

/// <summary>What an endpoint serves.</summary>
/// <param name="Entities">The served entities; empty while the endpoint is being created.</param>
/// <param name="Apis">Its APIs; null when they are unknown.</param>
internal sealed record ServedEntities(IReadOnlyList<ServedModelReference> Entities, ServedApis? Apis = null);

/// <summary>A served entity of an endpoint.</summary>
/// <param name="Name">The entity, such as <c>system.ai.claude-sonnet-4-5</c>; null for an external model.</param>
/// <param name="Provider">The provider of an external model.</param>
/// <param name="ExternalName">The provider's name of the model.</param>
internal sealed record ServedModelReference(string? Name, string? Provider = null, string? ExternalName = null);
