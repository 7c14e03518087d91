using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>Where the requests to a model service go.</summary>
public sealed record ModelServiceRouting : EndpointDocument
{
    private readonly EquatableList<ModelServiceDestination> _destinations;

    /// <summary>Gets the destinations, at most 10; traffic is split by their percentages.</summary>
    public IReadOnlyList<ModelServiceDestination>? Destinations { get => _destinations.OrNull; init => _destinations = new(value); }

    /// <summary>Gets the fallbacks, which are tried in order when a destination fails with 429 or a server error.</summary>
    public ModelServiceFallback? Fallback { get; init; }
}
