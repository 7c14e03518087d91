using Connectors.Databricks.Authentication.Hosts;
using Connectors.Databricks.Authentication.Settings;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>A GitHub Actions job, by workload identity federation (authentication reference §6.8).</summary>
internal sealed class GitHubOidcCredentialSource() : CredentialSource("github-oidc")
{
    public override ValueTask<CredentialSourceResult> TryCreateAsync(CredentialSourceContext context, CancellationToken cancellationToken)
    {
        if (!GitHubIdentity.IsHere(context.Settings))
        {
            return new(Missing(context.Settings, SettingTable.GitHubTokenRequestUrl, SettingTable.GitHubTokenRequestToken));
        }

        GitHubIdentity.Authorization(context.Settings);
        return new(Create(stop => FetchAsync(context, stop)));
    }

    private static async Task<DatabricksAccessToken> FetchAsync(CredentialSourceContext context, CancellationToken cancellationToken)
    {
        // A new identity token for each exchange: they live for minutes.
        var audience = await AudienceAsync(context, cancellationToken).ConfigureAwait(false);
        var identity = await GitHubIdentity.GetTokenAsync(context, audience, cancellationToken).ConfigureAwait(false);
        return await TokenExchange.ExchangeAsync(context, identity, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> AudienceAsync(CredentialSourceContext context, CancellationToken cancellationToken)
    {
        if (context.Settings[SettingTable.TokenAudience] is { } configured)
        {
            return configured;
        }

        var metadata = await context.HostFacts.GetMetadataAsync(cancellationToken).ConfigureAwait(false);
        if (metadata.FederationAudience is { } audience)
        {
            return audience;
        }

        // Host metadata without a workspace id describes an account host.
        var isAccount = metadata.HostType is "account" or "unified"
            || DatabricksCloud.IsAccounts(context.Host)
            || (metadata != HostMetadata.None && metadata.WorkspaceId is null);
        if (isAccount && context.HostFacts.AccountId is { } account)
        {
            return account;
        }

        return (await context.OAuth.GetTokenEndpointAsync(cancellationToken).ConfigureAwait(false)).AbsoluteUri;
    }
}
