using Connectors.Databricks.AspNetCore.Routing;

namespace Connectors.Databricks.AspNetCore.ModelHub;

/// <summary>Rejects invalid options when the routes are added.</summary>
internal static class ModelHubOptionsValidation
{
    /// <exception cref="ArgumentException">An option is invalid; the message contains its name.</exception>
    public static void Validate(DatabricksModelHubOptions options)
    {
        var validation = new OptionsValidation(nameof(DatabricksModelHubOptions));
        validation.Require(!string.IsNullOrWhiteSpace(options.Title), nameof(options.Title), "is empty");
        validation.Require(
            options.RefreshInterval >= TimeSpan.FromSeconds(1) && options.RefreshInterval <= TimeSpan.FromHours(1),
            nameof(options.RefreshInterval), "must be from one second to one hour");
        validation.Require(
            options.Prices.All(price => !string.IsNullOrWhiteSpace(price.Key) && price.Value is not null), nameof(options.Prices),
            "contains an empty name or no price");
        validation.Require(
            options.Prices.Values.All(price => price.InputCostPerToken >= 0 && price.OutputCostPerToken is null or >= 0),
            nameof(options.Prices), "contains a price below 0");
    }
}
