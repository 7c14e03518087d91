using Connectors.Databricks.Authentication.Hosts;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>The user or service principal that is logged in with the Azure CLI (authentication reference §6.7).</summary>
internal sealed class AzureCliCredentialSource() : AzureCredentialSource("azure-cli")
{
    public override async ValueTask<CredentialSourceResult> TryCreateAsync(
        CredentialSourceContext context, CancellationToken cancellationToken)
    {
        if (!await context.HostFacts.IsAzureAsync(cancellationToken).ConfigureAwait(false))
        {
            return CredentialSourceResult.Declined(NotAzure);
        }

        if (AzureCli.Find(context.Platform) is not { } path)
        {
            return CredentialSourceResult.Declined("Azure CLI not found on the PATH");
        }

        var login = new Login(context, new AzureCli(context, path));
        try
        {
            // Only a token request shows whether a user is logged in; its token is the first one that is used.
            return await login.TryAsync(cancellationToken).ConfigureAwait(false) is { } refusal
                ? CredentialSourceResult.Declined(refusal)
                : OfferAzure(context, login.GetTokenAsync, needsManagementToken: false);
        }
        catch (DatabricksCredentialException exception)
            when (exception.Message.Contains("No subscription found", StringComparison.OrdinalIgnoreCase))
        {
            return CredentialSourceResult.Declined("no user is logged in to the Azure CLI; run 'az login'");
        }
    }

    /// <summary>The arguments that the CLI needs for this account, determined with the first token.</summary>
    private sealed class Login(CredentialSourceContext context, AzureCli cli)
    {
        private string[] _arguments = [];
        private (string Resource, DatabricksAccessToken Token)? _first;

        /// <returns>Null when there is a token, else the reason why none can be acquired.</returns>
        public async Task<string?> TryAsync(CancellationToken cancellationToken)
        {
            var resource = context.Settings.Host is null
                ? AzureCloud.Of(context.Settings).ResourceManager.AbsoluteUri
                : DatabricksCloud.AzureResourceOf(context.Settings.Host);
            DatabricksCredentialException? last = null;
            foreach (var arguments in await CandidatesAsync(cancellationToken).ConfigureAwait(false))
            {
                try
                {
                    _first = (resource, await cli.GetTokenAsync(resource, arguments, cancellationToken).ConfigureAwait(false));
                    _arguments = arguments;
                    return null;
                }
                catch (DatabricksCredentialException exception)
                {
                    last = exception;
                }
            }

            throw last!;
        }

        public async Task<DatabricksAccessToken> GetTokenAsync(string resource, CancellationToken cancellationToken)
        {
            if (_first is { } first && first.Resource == resource)
            {
                _first = null;
                return first.Token;
            }

            return await cli.GetTokenAsync(resource, _arguments, cancellationToken).ConfigureAwait(false);
        }

        private async Task<IReadOnlyList<string[]>> CandidatesAsync(CancellationToken cancellationToken)
        {
            var tenant = await TenantAsync(cancellationToken).ConfigureAwait(false);
            if (tenant is not null)
            {
                var (type, name) = await cli.GetUserAsync(cancellationToken).ConfigureAwait(false);

                // A managed identity has one tenant, and the CLI rejects the argument; a federated principal may reject it, too.
                return type == "servicePrincipal" && name is "systemAssignedIdentity" or "userAssignedIdentity" ? [[]]
                    : type == "servicePrincipal" ? [["--tenant", tenant], []]
                    : [["--tenant", tenant]];
            }

            var path = context.Settings[SettingTable.AzureWorkspaceResourceId]?.Split('/');
            return path is ["", "subscriptions", { Length: > 0 } subscription, ..]
                ? [["--subscription", subscription], []]
                : [[]];
        }

        // Without one the CLI uses the tenant that it is logged in to, which is usually correct.
        private async Task<string?> TenantAsync(CancellationToken cancellationToken)
        {
            if (context.Settings[SettingTable.AzureTenantId] is null && context.Settings.Host is null)
            {
                return null;
            }

            try
            {
                return await AzureWorkspace.TenantAsync(context, "/aad/auth", cancellationToken).ConfigureAwait(false);
            }
            catch (TokenCallException)
            {
                return null;
            }
        }
    }
}
