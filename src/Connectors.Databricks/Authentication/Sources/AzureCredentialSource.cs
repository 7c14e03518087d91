using Connectors.Databricks.Authentication.Hosts;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>
/// What the Entra authentication types share: the token for Databricks, the one for Azure's management that may go with it, the
/// resource id, and finding a workspace by that id (authentication reference §6.5 to §6.7).
/// </summary>
internal abstract class AzureCredentialSource(string authType) : CredentialSource(authType)
{
    public const string NotAzure = "the workspace is not an Azure one; set DATABRICKS_CLOUD=azure if it is behind a private name";

    private const string ManagementHeader = "X-Databricks-Azure-SP-Management-Token";

    public override bool FindsHost => true;

    /// <summary>Fetches a token for a resource.</summary>
    protected delegate Task<DatabricksAccessToken> TokenFor(string resource, CancellationToken cancellationToken);

    /// <summary>Creates a token source for Databricks with the request headers of the Azure authentication types.</summary>
    /// <param name="context">What is configured.</param>
    /// <param name="tokenFor">Fetches a token for a resource.</param>
    /// <param name="needsManagementToken">Whether a missing management token is a failure; for a user it is optional.</param>
    protected CredentialSourceResult OfferAzure(CredentialSourceContext context, TokenFor tokenFor, bool needsManagementToken = true)
    {
        AzureWorkspace.CheckResourceId(context.Settings);
        var cloud = AzureCloud.Of(context.Settings);
        return CredentialSourceResult.Created(new TokenSource(AuthType, FetchAsync)
        {
            FindHostAsync = stop => AzureWorkspace.FindAsync(context, cloud, tokenFor.Invoke, stop),
        });

        async Task<DatabricksAccessToken> FetchAsync(CancellationToken stop)
        {
            var token = await tokenFor(DatabricksCloud.AzureResourceOf(context.Settings.Host), stop).ConfigureAwait(false);
            var extra = new List<RequestHeader>();
            if (context.Settings[SettingTable.AzureWorkspaceResourceId] is { } resource)
            {
                var setting = SettingTable.AzureWorkspaceResourceId;
                extra.Add(RequestHeader.Create(setting.Header!, resource, context.Settings.Origin(setting)));
            }

            if (SendsManagementToken(context.Settings)
                && await ManagementTokenAsync(tokenFor, cloud, needsManagementToken, stop).ConfigureAwait(false) is { } management)
            {
                extra.Add(RequestHeader.Create(ManagementHeader, management.Value, "The token for Azure's management"));

                // The two go together, so they are renewed together.
                if (management.ExpiresOn < token.ExpiresOn)
                {
                    token = new DatabricksAccessToken(token.Value, management.ExpiresOn);
                }
            }

            return extra.Count == 0 ? token : token with { Headers = extra };
        }
    }

    private static async Task<DatabricksAccessToken?> ManagementTokenAsync(
        TokenFor tokenFor, AzureCloud cloud, bool isNeeded, CancellationToken cancellationToken)
    {
        try
        {
            return await tokenFor(cloud.ServiceManagement, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!isNeeded && exception is TokenCallException or DatabricksCredentialException)
        {
            return null;
        }
    }

    private static bool SendsManagementToken(ResolvedSettings settings) => settings[SettingTable.AzureManagementToken] is null
        ? settings[SettingTable.AzureWorkspaceResourceId] is not null
        : settings.IsOn(SettingTable.AzureManagementToken);
}
