using System.Net.Http.Headers;

namespace Connectors.Databricks.Authentication;

/// <summary>Puts the credential's token on a request.</summary>
internal sealed class RequestAuthenticator(DatabricksCredential credential)
{
    public async ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await credential.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw GaveUp(exception);
        }
    }

    public async ValueTask<DatabricksAccessToken> RefreshAsync(DatabricksAccessToken rejected, CancellationToken cancellationToken)
    {
        try
        {
            return await credential.RefreshTokenAsync(rejected, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw GaveUp(exception);
        }
    }

    // A time-out of the credential's own HTTP client arrives as a cancellation; nobody has cancelled.
    private static DatabricksCredentialException GaveUp(OperationCanceledException exception) =>
        new($"The credential gave up waiting for a token: {exception.Message}", exception);

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
