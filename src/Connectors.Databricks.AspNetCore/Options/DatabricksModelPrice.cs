namespace Connectors.Databricks.AspNetCore;

/// <summary>The price of a model in the price table of the app: the service reports none.</summary>
public sealed class DatabricksModelPrice
{
    /// <summary>Gets the price of an input token, in US dollars.</summary>
    public required decimal InputCostPerToken { get; init; }

    /// <summary>Gets the price of an output token, in US dollars.</summary>
    /// <value>Default: <see langword="null"/>, for embedding models.</value>
    public decimal? OutputCostPerToken { get; init; }
}
