using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>How the calls to an endpoint are shared out among its served entities.</summary>
public sealed record TrafficConfig : EndpointDocument
{
    private readonly EquatableList<TrafficRoute> _routes;

    /// <summary>Gets the routes; their percentages add up to 100.</summary>
    public IReadOnlyList<TrafficRoute> Routes { get => _routes.Items; init => _routes = EquatableList<TrafficRoute>.NonEmpty(value); }

    /// <summary>All calls to one served entity.</summary>
    /// <param name="servedEntityName">The served entity.</param>
    /// <returns>One route.</returns>
    public static TrafficConfig All(string servedEntityName) => Split((servedEntityName, 100));

    /// <summary>Calls shared out by percentage.</summary>
    /// <param name="shares">Served entities and their percentages, which make 100.</param>
    /// <returns>A route for each.</returns>
    /// <exception cref="ArgumentException">The percentages do not make 100, or a name is there twice.</exception>
    public static TrafficConfig Split(params (string ServedEntityName, int Percentage)[] shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var traffic = new TrafficConfig { Routes = [.. shares.Select(share =>
            new TrafficRoute(share.ServedEntityName, share.Percentage))] };
        Documents.TrafficRules.Check(traffic, nameof(shares));
        return traffic;
    }

    /// <summary>The share of a served entity.</summary>
    /// <param name="servedEntityName">The served entity.</param>
    /// <returns>From 0 to 100; 0 when no route leads there.</returns>
    public int PercentageOf(string servedEntityName) =>
        Routes.Where(route => route.ServedEntityName == servedEntityName).Sum(route => route.Percentage);

    /// <summary>The shares.</summary>
    /// <returns>For a log: <c>champion 90 %, challenger 10 %</c>.</returns>
    public override string ToString() => string.Join(", ", Routes);
}
