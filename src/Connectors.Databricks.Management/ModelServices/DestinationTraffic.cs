using Connectors.Databricks.Management.Rollouts;

namespace Connectors.Databricks.Management.ModelServices;

/// <summary>The percentages of the destinations of a model service.</summary>
internal static class DestinationTraffic
{
    /// <summary>The destinations with their percentages; a single one receives all requests.</summary>
    /// <exception cref="InvalidOperationException">There is no destination, or one without a name.</exception>
    public static IReadOnlyList<(string Name, int Percentage)> SharesOf(ModelService service)
    {
        var destinations = service.Destinations;
        return destinations.Count == 0 || destinations.Any(one => string.IsNullOrEmpty(one.Name))
            ? throw new InvalidOperationException(
                $"The traffic of model service '{service.Name}' cannot be changed: it reports no destinations, or one without a name.")
            : [.. destinations.Select(one => (one.Name!, one.TrafficPercentage ?? (destinations.Count == 1 ? 100 : 0)))];
    }

    /// <summary>As a traffic split, for messages and comparisons.</summary>
    public static TrafficConfig Of(IReadOnlyList<ModelServiceDestination> destinations) => new()
    {
        Routes =
        [
            .. destinations.Where(one => !string.IsNullOrEmpty(one.Name)).Select(one => new TrafficRoute(
                one.Name!, one.TrafficPercentage ?? (destinations.Count == 1 ? 100 : 0))),
        ],
    };

    /// <summary>The destinations with other percentages; one without a share gets none.</summary>
    public static IReadOnlyList<ModelServiceDestination> With(
        IReadOnlyList<ModelServiceDestination> destinations, IEnumerable<(string Name, int Percentage)> shares)
    {
        var shareOf = shares.ToDictionary(share => share.Name, share => share.Percentage, StringComparer.Ordinal);
        return [.. destinations.Select(one => one with { TrafficPercentage = shareOf.GetValueOrDefault(one.Name!) })];
    }

    /// <summary>Assigns a percentage to one destination, and distributes the rest among the others.</summary>
    public static IReadOnlyList<ModelServiceDestination> Give(ModelService service, string destinationName, int percentage) =>
        With(service.Destinations, TrafficMath.Give(SharesOf(service), destinationName, percentage, "destination"));

    /// <exception cref="ArgumentException">The model service does not route to it.</exception>
    public static void RequireDestination(ModelService service, string destinationName, string parameter)
    {
        if (SharesOf(service).All(share => share.Name != destinationName))
        {
            throw new ArgumentException(
                $"Model service '{service.Name}' has no destination '{destinationName}'. It has: " +
                $"{string.Join(", ", service.Destinations.Select(one => one.Name))}. ModelServices.Rollouts.AddDestinationAsync adds one.",
                parameter);
        }
    }
}
