using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The fallbacks of a model service.</summary>
public sealed record ModelServiceFallback : EndpointDocument
{
    private readonly EquatableList<ModelServiceDestination> _destinations;

    /// <summary>Gets the fallback destinations, at most 5, in the order in which they are tried. They need no percentage.</summary>
    public IReadOnlyList<ModelServiceDestination>? Destinations { get => _destinations.OrNull; init => _destinations = new(value); }
}
