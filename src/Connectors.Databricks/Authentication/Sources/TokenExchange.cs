using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>
/// Exchanges a JSON web token of another issuer for a Databricks token: workload identity federation (authentication reference §6.8).
/// </summary>
internal static class TokenExchange
{
    private const string Purpose = "Exchanging the identity token for a Databricks token";

    public static async Task<DatabricksAccessToken> ExchangeAsync(
        CredentialSourceContext context, string identityToken, CancellationToken cancellationToken)
    {
        var form = new List<KeyValuePair<string, string>>
        {
            new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            new("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
            new("subject_token", identityToken),
            new("scope", context.Scope),
        };

        // With it the federation policy of the service principal applies, without it that of the account.
        if (context.Settings[SettingTable.ClientId] is { } client)
        {
            form.Add(new("client_id", client));
        }

        if (context.Settings[SettingTable.AuthorizationDetails] is { } details)
        {
            form.Add(new("authorization_details", details));
        }

        var endpoint = await context.OAuth.GetTokenEndpointAsync(cancellationToken).ConfigureAwait(false);
        var asked = context.Now;
        var answer = await context.Requests.Hiding(identityToken)
            .GetObjectAsync(new TokenCall(Purpose, HttpMethod.Post, endpoint) { Form = form }, cancellationToken).ConfigureAwait(false);
        return TokenFromWire.OAuth(answer, asked, Purpose);
    }

    /// <summary>Normalizes an identity token read from a file or a variable: trimmed, on one line.</summary>
    /// <exception cref="DatabricksCredentialException">It is empty, or more than one line.</exception>
    public static string Checked(string? text, string place)
    {
        var token = TokenJson.Trimmed(text);
        if (string.IsNullOrEmpty(token))
        {
            throw CredentialExceptions.Provider($"{place} is empty.");
        }

        return token.AsSpan().IndexOfAny(" \t\r\n") < 0
            ? token
            : throw CredentialExceptions.Provider($"{place} holds white space inside, so it is no token.");
    }
}
