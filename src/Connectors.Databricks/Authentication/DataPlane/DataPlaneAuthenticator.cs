using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Authentication.DataPlane;

/// <summary>
/// The tokens of one route-optimized endpoint, which are sent only to its own URL (authentication reference §12).
/// </summary>
internal sealed class DataPlaneAuthenticator(Uri address, TokenCache tokens, RequestAuthenticator workspace) : ICallAuthenticator
{
    /// <summary>The complete URL of the endpoint, including the path.</summary>
    public Uri Address => address;

    public string? AuthType => workspace.AuthType;

    public ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken) => tokens.GetAsync(cancellationToken);

    public ValueTask<DatabricksAccessToken> RefreshAsync(DatabricksAccessToken rejected, CancellationToken cancellationToken) =>
        tokens.RefreshAsync(rejected, cancellationToken);

    public void Authorize(HttpRequestMessage request, DatabricksAccessToken token)
    {
        if (request.RequestUri != address)
        {
            throw new InvalidOperationException($"A request to {request.RequestUri?.Host} would carry a token of {address.Host}.");
        }

        // Only these: what else the workspace's credential sends, such as Azure's management token, is not for this host.
        RequestHeader.Authorization("Bearer", token.Value, "The token of the route-optimized endpoint").AddTo(request);
        workspace.AddWorkspaceId(request);
    }
}
