namespace Connectors.Databricks.Models;

/// <summary>Tells what an endpoint serves, for endpoints whose names do not.</summary>
internal interface IServedEntities
{
    /// <returns>The entities.</returns>
    /// <exception cref="DatabricksServingException">They cannot be told, for example because the endpoint may not be viewed.</exception>
    Task<IReadOnlyList<ServedEntity>> OfAsync(string endpointName, CancellationToken cancellationToken);
}

/// <summary>What an endpoint serves.</summary>
/// <param name="Name">The entity, such as <c>system.ai.claude-sonnet-4-5</c>; null for an external model.</param>
/// <param name="Provider">The provider of an external model.</param>
/// <param name="ExternalName">The provider's name of the model.</param>
internal sealed record ServedEntity(string? Name, string? Provider = null, string? ExternalName = null);
