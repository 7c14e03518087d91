using Connectors.Databricks.Authentication.Settings;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>An OIDC token in an environment variable, read for each exchange (authentication reference §6.8).</summary>
internal sealed class EnvOidcCredentialSource() : CredentialSource("env-oidc")
{
    private const string DefaultVariable = "DATABRICKS_OIDC_TOKEN";

    public override ValueTask<CredentialSourceResult> TryCreateAsync(CredentialSourceContext context, CancellationToken cancellationToken)
    {
        var variable = context.Settings[SettingTable.OidcTokenEnv] ?? DefaultVariable;
        if (string.IsNullOrEmpty(context.Platform.Variable(variable)))
        {
            return new(CredentialSourceResult.Declined($"environment variable {variable} not set"));
        }

        return new(Create(stop =>
        {
            var identity = TokenExchange.Checked(context.Platform.Variable(variable), $"Environment variable {variable}");
            return TokenExchange.ExchangeAsync(context, identity, stop);
        }));
    }
}
