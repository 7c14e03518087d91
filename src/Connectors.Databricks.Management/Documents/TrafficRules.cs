namespace Connectors.Databricks.Management.Documents;

/// <summary>Validates a traffic split: percentages from 0 to 100 that add up to 100, and unique names.</summary>
internal static class TrafficRules
{
    public static void Check(TrafficConfig traffic, string parameter)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var route in traffic.Routes)
        {
            if (string.IsNullOrWhiteSpace(route.ServedEntityName))
            {
                throw new ArgumentException("A traffic route names no served entity. Set ServedEntityName.", parameter);
            }

            if (!names.Add(route.ServedEntityName))
            {
                throw new ArgumentException($"Two traffic routes lead to '{route.ServedEntityName}'. Put their percentages into one.",
                    parameter);
            }

            if (route.Percentage is < 0 or > 100)
            {
                throw new ArgumentException(
                    $"The traffic route to '{route.ServedEntityName}' has {route.Percentage} %. Specify a percentage from 0 to 100.",
                    parameter);
            }
        }

        var sum = traffic.Routes.Sum(route => route.Percentage);
        if (sum != 100)
        {
            var shares = traffic.Routes.Count == 0 ? "there is no route" : traffic.ToString();
            throw new ArgumentException($"The traffic percentages make {sum} and not 100: {shares}.", parameter);
        }
    }
}
