using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The traffic split of an endpoint among its served entities.</summary>
public sealed record TrafficConfig : EndpointDocument
{
    private readonly EquatableList<TrafficRoute> _routes;

    /// <summary>Gets the routes; their percentages add up to 100.</summary>
    public IReadOnlyList<TrafficRoute> Routes { get => _routes.Items; init => _routes = EquatableList<TrafficRoute>.NonEmpty(value); }

    /// <summary>Creates a split that routes all traffic to one served entity.</summary>
    /// <param name="servedEntityName">The served entity.</param>
    /// <returns>A split with one route.</returns>
    public static TrafficConfig All(string servedEntityName) => Split((servedEntityName, 100));

    /// <summary>Creates a split by percentage.</summary>
    /// <param name="shares">The served entities and their percentages, which add up to 100.</param>
    /// <returns>A split with one route for each served entity.</returns>
    /// <exception cref="ArgumentException">The percentages do not add up to 100, or a name occurs twice.</exception>
    public static TrafficConfig Split(params (string ServedEntityName, int Percentage)[] shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var traffic = new TrafficConfig { Routes = [.. shares.Select(share =>
            new TrafficRoute(share.ServedEntityName, share.Percentage))] };
        Documents.TrafficRules.Check(traffic, nameof(shares));
        return traffic;
    }

    /// <summary>Gets the percentage of a served entity.</summary>
    /// <param name="servedEntityName">The served entity.</param>
    /// <returns>The percentage, from 0 to 100; 0 if it has no route.</returns>
    public int PercentageOf(string servedEntityName) =>
        Routes.Where(route => route.ServedEntityName == servedEntityName).Sum(route => route.Percentage);

    /// <summary>Returns the percentages.</summary>
    /// <returns>Text for a log: <c>champion 90 %, challenger 10 %</c>.</returns>
    public override string ToString() => string.Join(", ", Routes);
}
