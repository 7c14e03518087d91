using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Authentication.Apps;

/// <summary>
/// The tokens of an app on Databricks Apps: those of the workspace, which are sent only to the app's own host. Apps accept OAuth tokens
/// alone, so a personal access token is rejected before it is sent.
/// </summary>
/// <param name="address">The address of the app.</param>
/// <param name="workspace">Provides the tokens.</param>
internal sealed class AppAuthenticator(Uri address, RequestAuthenticator workspace) : ICallAuthenticator
{
    /// <summary>How every personal access token begins.</summary>
    private const string PersonalPrefix = "dapi";

    public string? AuthType => workspace.AuthType;

    public async ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken) =>
        Checked(await workspace.GetTokenAsync(cancellationToken).ConfigureAwait(false));

    public async ValueTask<DatabricksAccessToken> RefreshAsync(DatabricksAccessToken rejected, CancellationToken cancellationToken) =>
        Checked(await workspace.RefreshAsync(rejected, cancellationToken).ConfigureAwait(false));

    public void Authorize(HttpRequestMessage request, DatabricksAccessToken token)
    {
        if (request.RequestUri is not { } target || !RequestAuthenticator.IsSameServer(target, address))
        {
            throw new InvalidOperationException($"A request to {request.RequestUri?.Host} would carry a token of {address.Host}.");
        }

        // Only this header: what else the workspace's credential sends, such as Azure's management token, is not for this host.
        RequestHeader.Authorization("Bearer", token.Value, "The token of the app").AddTo(request);
    }

    private DatabricksAccessToken Checked(DatabricksAccessToken token)
    {
        var value = RequestAuthenticator.Checked(token);
        workspace.Redaction.Add(value);
        return value.StartsWith(PersonalPrefix, StringComparison.Ordinal) || token.Scheme is not (null or "Bearer")
            ? throw new DatabricksCredentialException(
                workspace.Redaction,
                $"Apps accept OAuth tokens only, and the credential ({AuthType ?? "custom"}) provides a personal access token or a " +
                "password. It was not sent. Use oauth-m2m (a service principal with CAN_USE on the app), databricks-cli, or another " +
                "OAuth authentication type.")
            {
                Failure = DatabricksCredentialFailure.NotConfigured,
            }
            : token;
    }
}
