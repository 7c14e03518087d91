using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The configuration of a model service.</summary>
public sealed record ModelServiceConfig : EndpointDocument
{
    private readonly EquatableList<ModelServiceRateLimit> _rateLimits;

    /// <summary>Gets the destinations and the fallbacks.</summary>
    public ModelServiceRouting? Routing { get; init; }

    /// <summary>Gets the rate limits.</summary>
    public IReadOnlyList<ModelServiceRateLimit>? RateLimits { get => _rateLimits.OrNull; init => _rateLimits = new(value); }

    /// <summary>Gets the table that requests and responses are logged to; <see langword="null"/> for none.</summary>
    public ModelServiceInferenceTable? InferenceTable { get; init; }

    /// <summary>Creates a configuration with one destination or several, whose percentages sum to 100.</summary>
    /// <param name="destinations">The destinations.</param>
    /// <returns>The configuration, without limits and table.</returns>
    public static ModelServiceConfig To(params ModelServiceDestination[] destinations)
    {
        ArgumentNullException.ThrowIfNull(destinations);
        return new ModelServiceConfig { Routing = new ModelServiceRouting { Destinations = [.. destinations] } };
    }
}
