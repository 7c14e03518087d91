using System.Net;
using System.Text;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>A Databricks service principal with an OAuth secret (authentication reference §6.3).</summary>
internal sealed class OAuthM2MCredentialSource() : CredentialSource("oauth-m2m")
{
    public override ValueTask<CredentialSourceResult> TryCreateAsync(CredentialSourceContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        if (settings[SettingTable.ClientId] is not { } id || settings[SettingTable.ClientSecret] is not { } secret)
        {
            return new(Missing(settings, SettingTable.ClientId, SettingTable.ClientSecret));
        }

        return new(Create(stop => FetchAsync(context, id, secret, stop)));
    }

    private static async Task<DatabricksAccessToken> FetchAsync(
        CredentialSourceContext context, string id, string secret, CancellationToken cancellationToken)
    {
        const string purpose = "Requesting a token for the service principal";
        var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials"), new("scope", context.Scope) };
        if (context.Settings[SettingTable.AuthorizationDetails] is { } details)
        {
            form.Add(new("authorization_details", details));
        }

        // Encoded before they are joined, as RFC 6749 §2.3.1 requires; ids and secrets that Databricks issues are unaffected.
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{FormEncoded(id)}:{FormEncoded(secret)}"));
        var call = new TokenCall(
            purpose, HttpMethod.Post, await context.OAuth.GetTokenEndpointAsync(cancellationToken).ConfigureAwait(false))
        {
            Form = form,
            Headers = [RequestHeader.Authorization("Basic", pair, "client_id and client_secret")],
        };
        var asked = context.Now;
        try
        {
            var answer = await context.Requests.Hiding(pair).GetObjectAsync(call, cancellationToken).ConfigureAwait(false);
            return TokenFromWire.OAuth(answer, asked, purpose);
        }
        catch (TokenCallException exception)
            when (exception.ErrorCode == "invalid_client" || exception.StatusCode == HttpStatusCode.Unauthorized)
        {
            throw CredentialExceptions.Provider(
                $"{exception.Message.TrimEnd('.')}. Check client_id and client_secret: OAuth secrets expire, and are created on the " +
                "service principal's Secrets tab.");
        }
    }

    private static string FormEncoded(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
