using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>The identity token that GitHub issues to a job with the permission <c>id-token: write</c>.</summary>
internal static class GitHubIdentity
{
    private const string Purpose = "Requesting an identity token from GitHub Actions";

    public static bool IsHere(ResolvedSettings settings) =>
        settings[SettingTable.GitHubTokenRequestUrl] is not null && settings[SettingTable.GitHubTokenRequestToken] is not null;

    /// <summary>The header of the job's own token, validated before anything is sent.</summary>
    /// <exception cref="DatabricksCredentialException">It cannot be sent.</exception>
    public static RequestHeader Authorization(ResolvedSettings settings) => RequestHeader.Authorization(
        "Bearer", settings[SettingTable.GitHubTokenRequestToken]!, settings.Origin(SettingTable.GitHubTokenRequestToken));

    public static async Task<string> GetTokenAsync(CredentialSourceContext context, string audience, CancellationToken cancellationToken)
    {
        var url = context.Settings[SettingTable.GitHubTokenRequestUrl]!;

        // The address that GitHub provides already has a query.
        if (
            !Uri.TryCreate(
                $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}audience={Uri.EscapeDataString(audience)}",
                UriKind.Absolute, out var address))
        {
            throw CredentialExceptions.Provider("actions_id_token_request_url is not an address.");
        }

        var call = new TokenCall(Purpose, HttpMethod.Get, address)
        {
            Headers = [Authorization(context.Settings)],
        };
        var answer = await context.Requests.GetObjectAsync(call, cancellationToken).ConfigureAwait(false);
        return TokenFromWire.Text(answer, "value") is { Length: > 0 } token
            ? token
            : throw new TokenCallException($"{Purpose}: the response has no 'value'.");
    }
}
