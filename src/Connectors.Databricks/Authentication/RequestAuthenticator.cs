using System.Net.Http.Headers;

namespace Connectors.Databricks.Authentication;

/// <summary>Puts the credential's token on a request.</summary>
internal sealed class RequestAuthenticator(DatabricksCredential credential)
{
    public ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken) => credential.GetTokenAsync(cancellationToken);

    public ValueTask<DatabricksAccessToken> RefreshAsync(DatabricksAccessToken rejected, CancellationToken cancellationToken) =>
        credential.RefreshTokenAsync(rejected, cancellationToken);

    public static void Authorize(HttpRequestMessage request, DatabricksAccessToken token)
    {
        if (token.Value is not { } value)
        {
            throw new DatabricksCredentialException(
                "The credential gave an empty token. A DatabricksCredential must return new DatabricksAccessToken(value).");
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", value);
    }
}
