namespace Connectors.Databricks.AspNetCore.ModelHub;

/// <summary>Finds the price of an endpoint in the table of the app: by its own name, else by that of its only model.</summary>
internal sealed class ModelHubPrices(IDictionary<string, DatabricksModelPrice> prices)
{
    private readonly Dictionary<string, DatabricksModelPrice> _prices = new(prices, StringComparer.Ordinal);

    public DatabricksModelPrice? Find(EndpointProfile profile) =>
        _prices.Count == 0 ? null
        : _prices.GetValueOrDefault(profile.Name)
            ?? (profile.Models is [var model] ? _prices.GetValueOrDefault(model.Name) : null);
}
