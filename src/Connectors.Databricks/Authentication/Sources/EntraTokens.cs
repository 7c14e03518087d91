using Connectors.Databricks.Authentication.Hosts;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>
/// Requests an Entra token of a service principal, with its secret or an assertion (authentication reference §6.5, §6.9).
/// </summary>
internal static class EntraTokens
{
    private const string Purpose = "Requesting a token for the service principal from Entra";

    public static async Task<DatabricksAccessToken> GetAsync(
        CredentialSourceContext context, string tenant, string resource, string client, KeyValuePair<string, string>[] proof,
        CancellationToken cancellationToken)
    {
        var authority = AzureCloud.Of(context.Settings).ActiveDirectory;
        var call = new TokenCall(Purpose, HttpMethod.Post, new Uri(authority, $"{Uri.EscapeDataString(tenant)}/oauth2/token"))
        {
            Form = [new("grant_type", "client_credentials"), new("client_id", client), .. proof, new("resource", resource)],
        };
        var asked = context.Now;
        var answer = await context.Requests.Hiding(proof.Select(pair => pair.Value)).GetObjectAsync(call, cancellationToken)
            .ConfigureAwait(false);
        return TokenFromWire.OAuth(answer, asked, Purpose);
    }
}
