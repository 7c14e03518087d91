using Connectors.Databricks.Authentication.Hosts;
using Connectors.Databricks.Authentication.Settings;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>A GitHub Actions job that is an Entra service principal (authentication reference §6.9).</summary>
internal sealed class GitHubOidcAzureCredentialSource() : CredentialSource("github-oidc-azure")
{
    private const string Audience = "api://AzureADTokenExchange";

    public override async ValueTask<CredentialSourceResult> TryCreateAsync(
        CredentialSourceContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        if (settings[SettingTable.AzureClientId] is not { } client || !GitHubIdentity.IsHere(settings))
        {
            return Missing(settings, SettingTable.AzureClientId, SettingTable.GitHubTokenRequestUrl, SettingTable.GitHubTokenRequestToken);
        }

        GitHubIdentity.Authorization(settings);
        if (!await context.HostFacts.IsAzureAsync(cancellationToken).ConfigureAwait(false))
        {
            return CredentialSourceResult.Declined(AzureCredentialSource.NotAzure);
        }

        string? tenant = null;
        return Create(async stop =>
        {
            tenant ??= await AzureWorkspace.TenantAsync(context, "/oidc/oauth2/v2.0/authorize", stop).ConfigureAwait(false);

            // GitHub's token lives for minutes, so each of Entra's needs a new one.
            var identity = await GitHubIdentity.GetTokenAsync(context, Audience, stop).ConfigureAwait(false);
            return await EntraTokens.GetAsync(
                context,
                tenant,
                DatabricksCloud.AzureResourceOf(context.Host),
                client,
                [
                    new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                    new("client_assertion", identity),
                ],
                stop).ConfigureAwait(false);
        });
    }
}
