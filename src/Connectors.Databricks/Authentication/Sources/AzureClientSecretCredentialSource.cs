using Connectors.Databricks.Authentication.Settings;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>An Entra service principal with a secret (authentication reference §6.5).</summary>
internal sealed class AzureClientSecretCredentialSource() : AzureCredentialSource("azure-client-secret")
{
    public override async ValueTask<CredentialSourceResult> TryCreateAsync(
        CredentialSourceContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        if (settings[SettingTable.AzureClientId] is not { } client || settings[SettingTable.AzureClientSecret] is not { } secret)
        {
            return Missing(settings, SettingTable.AzureClientId, SettingTable.AzureClientSecret);
        }

        if (!await context.HostFacts.IsAzureAsync(cancellationToken).ConfigureAwait(false))
        {
            return CredentialSourceResult.Declined(NotAzure);
        }

        string? tenant = null;
        return OfferAzure(context, async (resource, stop) =>
        {
            tenant ??= await AzureWorkspace.TenantAsync(context, "/aad/auth", stop).ConfigureAwait(false);
            return await EntraTokens.GetAsync(
                context, tenant, resource, client, [new("client_secret", secret)], stop).ConfigureAwait(false);
        });
    }
}
