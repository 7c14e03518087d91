using System.Net;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Authentication.Hosts;

/// <summary>Discovers and caches the OAuth token endpoint of the host (authentication reference §7.2).</summary>
internal sealed class OAuthEndpoints
{
    public const string WellKnown = "/.well-known/oauth-authorization-server";

    private const string Purpose = "Looking for the host's OAuth token endpoint";

    private readonly ResolvedSettings _settings;
    private readonly HostFacts _host;
    private readonly TokenRequests _requests;
    private readonly SingleFlight<Uri> _flight;
    private volatile Uri? _tokenEndpoint;

    public OAuthEndpoints(ResolvedSettings settings, HostFacts host, TokenRequests requests)
    {
        _settings = settings;
        _host = host;
        _requests = requests;
        _flight = new SingleFlight<Uri>(FindAsync);
    }

    /// <exception cref="TokenCallException">The discovery failed.</exception>
    /// <exception cref="DatabricksCredentialException">The host does not support OAuth.</exception>
    public async ValueTask<Uri> GetTokenEndpointAsync(CancellationToken cancellationToken) =>
        _tokenEndpoint ?? await _flight.RunAsync(cancellationToken).ConfigureAwait(false);

    private async Task<Uri> FindAsync(CancellationToken cancellationToken) =>
        _tokenEndpoint ??= await FindOnceAsync(cancellationToken).ConfigureAwait(false);

    private async Task<Uri> FindOnceAsync(CancellationToken cancellationToken)
    {
        if (_settings[SettingTable.DiscoveryUrl] is { } configured)
        {
            return WebAddress(configured) is { } address
                ? await ReadAsync(address, cancellationToken).ConfigureAwait(false)
                : throw CredentialExceptions.Provider($"{Purpose}: discovery_url '{configured}' is not an address.");
        }

        var host = _settings.Host!;
        var metadata = await _host.GetMetadataAsync(cancellationToken).ConfigureAwait(false);
        if (metadata.DiscoveryUrl is { } discovery)
        {
            return await ReadAsync(discovery, cancellationToken).ConfigureAwait(false);
        }

        if (DatabricksCloud.IsAccounts(host) && metadata.HostType is null or "account")
        {
            return _host.AccountId is { } account
                ? new Uri(host, $"/oidc/accounts/{Uri.EscapeDataString(account)}/v1/token")
                : throw CredentialExceptions.Provider($"{Purpose}: {host.Host} is an accounts host; set DATABRICKS_ACCOUNT_ID.");
        }

        return await ReadAsync(new Uri(host, "/oidc" + WellKnown), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Uri> ReadAsync(Uri discovery, CancellationToken cancellationToken)
    {
        try
        {
            var document = await _requests.GetObjectAsync(
                new TokenCall(Purpose, HttpMethod.Get, discovery), cancellationToken).ConfigureAwait(false);
            return WebAddress(TokenFromWire.Text(document, "token_endpoint"))
                ?? throw new TokenCallException($"{Purpose}: the document at {TokenCall.Shown(discovery)} has no 'token_endpoint'.");
        }
        catch (TokenCallException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            throw new DatabricksCredentialException(
                Redaction.OfNone, $"Databricks OAuth is not supported for this host: {TokenCall.Shown(discovery)} does not exist.",
                exception)
            {
                Failure = DatabricksCredentialFailure.OAuthUnsupported,
            };
        }
    }

    // On other systems than Windows '/oidc/v1/token' is an absolute address, too: that of a file.
    private static Uri? WebAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? address
            : null;
}
