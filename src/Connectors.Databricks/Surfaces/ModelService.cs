namespace Connectors.Databricks.Surfaces;

/// <summary>The model services that a token can see.</summary>
/// <param name="Items">The services, each name once.</param>
/// <param name="IsCut">Whether there are more, so that the only match among them may not be the only one.</param>
internal sealed record ModelServices(IReadOnlyList<ModelService> Items, bool IsCut);

/// <summary>A model service of Unity Gateway, and what it routes to.</summary>
/// <param name="Name">Its name, such as <c>system.ai.claude-sonnet-4-5</c>.</param>
/// <param name="Destinations">Its destinations that have not been deleted.</param>
internal sealed record ModelService(string Name, IReadOnlyList<ModelDestination> Destinations)
{
    /// <summary>The names of its APIs; empty when the service reports none.</summary>
    public IReadOnlyList<string> ApiNames { get; init; } = [];

    public bool RoutesToModel(string model) =>
        Destinations.Any(destination => string.Equals(destination.Model, model, StringComparison.OrdinalIgnoreCase));

    public bool RoutesToEndpoint(string endpointName) => Destinations.Any(destination => destination.EndpointName == endpointName);
}
