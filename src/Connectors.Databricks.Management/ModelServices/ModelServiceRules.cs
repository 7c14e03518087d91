namespace Connectors.Databricks.Management.ModelServices;

/// <summary>
/// Validates a configuration before it is sent. Only configurations that no server accepts are rejected: the number of destinations and the
/// limits are validated by the service.
/// </summary>
internal static class ModelServiceRules
{
    /// <returns>The parts to update, each once.</returns>
    /// <exception cref="ArgumentException">There are none, or the service does not accept one.</exception>
    public static IReadOnlyList<string> CheckMask(IEnumerable<string> updateMask, string parameter)
    {
        string[] fields = [.. updateMask.Distinct(StringComparer.Ordinal)];
        if (fields.FirstOrDefault(field => !ModelServiceFields.All.Contains(field)) is { } illegal)
        {
            throw new ArgumentException(
                $"'{illegal}' cannot be in an update mask. Use {string.Join(", ", ModelServiceFields.All)}.", parameter);
        }

        return fields.Length > 0 ? fields : throw new ArgumentException(
            $"The update mask is empty. Use {string.Join(", ", ModelServiceFields.All)}.", parameter);
    }

    public static void Check(ModelServiceConfig? config, string parameter)
    {
        CheckDestinations(config?.Routing?.Destinations, parameter);
        CheckNames(config?.Routing?.Fallback?.Destinations ?? [], "fallback", parameter);
    }

    public static void CheckDestinations(IReadOnlyList<ModelServiceDestination>? destinations, string parameter)
    {
        if (destinations is null or [])
        {
            throw new ArgumentException("There is no destination. Give one, such as ModelServiceDestination.ToModel.", parameter);
        }

        CheckNames(destinations, "destination", parameter);
        if (destinations.FirstOrDefault(one => one.TrafficPercentage is < 0 or > 100) is { } wrong)
        {
            throw new ArgumentException(
                $"Destination '{wrong.Name}' has {wrong.TrafficPercentage} %. Give it from 0 to 100.", parameter);
        }

        var sum = destinations.Sum(one => one.TrafficPercentage ?? 0);
        if (sum != 100 && (destinations.Count > 1 || destinations[0].TrafficPercentage is not null))
        {
            throw new ArgumentException(
                $"The traffic percentages make {sum} and not 100: {string.Join(", ", destinations)}.", parameter);
        }
    }

    public static void CheckNames(IReadOnlyList<ModelServiceDestination> destinations, string what, string parameter)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var destination in destinations)
        {
            if (string.IsNullOrWhiteSpace(destination.Name))
            {
                throw new ArgumentException($"A {what} has no Name. Set one: routing refers to it.", parameter);
            }

            if (!names.Add(destination.Name))
            {
                throw new ArgumentException($"Two {what}s are named '{destination.Name}'. Give each another Name.", parameter);
            }
        }
    }
}
