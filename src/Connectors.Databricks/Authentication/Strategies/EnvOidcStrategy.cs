using Connectors.Databricks.Authentication.Settings;

namespace Connectors.Databricks.Authentication.Strategies;

/// <summary>An identity token in an environment variable, read anew for each exchange (authentication reference §6.8).</summary>
internal sealed class EnvOidcStrategy() : Strategy("env-oidc", "oauth", "env-oidc")
{
    private const string DefaultVariable = "DATABRICKS_OIDC_TOKEN";

    public override ValueTask<StrategyOffer> OfferAsync(StrategyContext context, CancellationToken cancellationToken)
    {
        var variable = context.Settings[SettingTable.OidcTokenEnv] ?? DefaultVariable;
        if (string.IsNullOrEmpty(context.Surroundings.Variable(variable)))
        {
            return new(StrategyOffer.Decline($"environment variable {variable} not set"));
        }

        return new(Offer(stop =>
        {
            var identity = TokenExchange.Checked(context.Surroundings.Variable(variable), $"Environment variable {variable}");
            return TokenExchange.ExchangeAsync(context, identity, stop);
        }));
    }
}
