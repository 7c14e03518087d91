using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>The managed identity of the Azure machine that this runs on (authentication reference §6.6).</summary>
internal sealed class AzureMsiCredentialSource() : AzureCredentialSource("azure-msi")
{
    private const string Purpose = "Requesting a token from Azure's instance metadata service";
    private const string Address = "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01";

    public override async ValueTask<CredentialSourceResult> TryCreateAsync(
        CredentialSourceContext context, CancellationToken cancellationToken)
    {
        if (!context.Settings.IsOn(SettingTable.AzureUseMsi))
        {
            return CredentialSourceResult.Declined("azure_use_msi (ARM_USE_MSI) is not true");
        }

        if (!await context.HostFacts.IsAzureAsync(cancellationToken).ConfigureAwait(false))
        {
            return CredentialSourceResult.Declined(NotAzure);
        }

        return OfferAzure(context, (resource, stop) => FetchAsync(context, resource, stop));
    }

    private static async Task<DatabricksAccessToken> FetchAsync(
        CredentialSourceContext context, string resource, CancellationToken cancellationToken)
    {
        var address = $"{Address}&resource={Uri.EscapeDataString(resource)}";
        if (context.Settings[SettingTable.AzureClientId] is { } client)
        {
            // Selects one of several user-assigned identities.
            address += $"&client_id={Uri.EscapeDataString(client)}";
        }

        var call = new TokenCall(Purpose, HttpMethod.Get, new Uri(address))
        {
            Headers = [RequestHeader.Create("Metadata", "true", Purpose)],
            AttemptTimeout = TimeSpan.FromSeconds(10),
        };
        var answer = await context.Requests.GetObjectAsync(call, cancellationToken).ConfigureAwait(false);
        return TokenFromWire.WithExpiry(answer, Purpose);
    }
}
