using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>A local metadata service that issues tokens, such as that of an editor (authentication reference §6.10).</summary>
internal sealed class MetadataServiceCredentialSource() : CredentialSource("metadata-service")
{
    private const string Purpose = "Requesting a token from the local metadata service";

    public override ValueTask<CredentialSourceResult> TryCreateAsync(CredentialSourceContext context, CancellationToken cancellationToken)
    {
        if (context.Settings[SettingTable.MetadataServiceUrl] is not { } url)
        {
            return new(Missing(context.Settings, SettingTable.MetadataServiceUrl));
        }

        // Loopback only: a remote service would be untrusted, would receive the host and could issue any token.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Host is not ("localhost" or "127.0.0.1"))
        {
            throw CredentialExceptions.Provider("metadata_service_url is not an address on localhost or 127.0.0.1.");
        }

        return new(Create(stop => FetchAsync(context, address, stop)));
    }

    private static async Task<DatabricksAccessToken> FetchAsync(
        CredentialSourceContext context, Uri address, CancellationToken cancellationToken)
    {
        var call = new TokenCall(Purpose, HttpMethod.Get, address)
        {
            Headers =
            [
                RequestHeader.Create("X-Databricks-Metadata-Version", "1", Purpose),
                RequestHeader.Create("X-Databricks-Host", context.Host.GetLeftPart(UriPartial.Authority), "host"),
            ],
            AttemptTimeout = TimeSpan.FromSeconds(10),
            HidesAddress = true,
        };
        // A service that does not match the URL returns it without its own name.
        var answer = await context.Requests.Hiding(address.PathAndQuery, address.AbsolutePath).GetObjectAsync(call, cancellationToken)
            .ConfigureAwait(false);
        return TokenFromWire.WithExpiry(answer, Purpose);
    }
}
