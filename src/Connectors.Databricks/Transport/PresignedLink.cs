using Connectors.Databricks.Authentication;

namespace Connectors.Databricks.Transport;

/// <summary>Sends no token: a presigned link is its own credential, and may lead to a host that must not receive one.</summary>
internal sealed class PresignedLink : ICallAuthenticator
{
    public static readonly PresignedLink Instance = new();

    private PresignedLink()
    {
    }

    public string? AuthType => null;

    public ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken) => default;

    public ValueTask<DatabricksAccessToken> RefreshAsync(DatabricksAccessToken rejected, CancellationToken cancellationToken) =>
        new(rejected);

    public void Authorize(HttpRequestMessage request, DatabricksAccessToken token)
    {
    }
}
