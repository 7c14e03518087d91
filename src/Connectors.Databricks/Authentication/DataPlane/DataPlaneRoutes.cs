using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Authentication.DataPlane;

/// <summary>
/// Looks up once per endpoint whether it is route-optimized, and its URL; and exchanges the token of the workspace for tokens of the
/// endpoint
/// (authentication reference §12).
/// </summary>
internal sealed class DataPlaneRoutes(RequestAuthenticator workspace, IPlatform platform, TokenRequests requests, ILogger logger)
{
    private const string Purpose = "Requesting the data plane URL of the endpoint";
    private const string ExchangePurpose = "Requesting a token for the route-optimized endpoint";

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public static DataPlaneRoutes For(RequestAuthenticator workspace, IPlatform platform, ILoggerFactory loggers)
    {
        var logger = RedactingLogger.Create(loggers, RequestAuthenticator.LoggerName, workspace.Redaction);
        var requests = new TokenRequests(platform, logger, workspace.Redaction);
        return new DataPlaneRoutes(workspace, platform, requests, logger);
    }

    /// <returns>Null for an endpoint that is called at the workspace.</returns>
    /// <exception cref="DatabricksCredentialException">
    /// The lookup failed, or the credential cannot provide OAuth tokens.
    /// </exception>
    public async ValueTask<DataPlaneAuthenticator?> FindAsync(string endpointName, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(endpointName, static (name, self) => new Entry(stop => self.LookAsync(name, stop)), this);
        if (entry.Answer is { } known)
        {
            return known.Route;
        }

        var found = await entry.Looking.RunAsync(cancellationToken).ConfigureAwait(false);
        entry.Answer = found == Found.Unknown ? null : found;
        return found.Route;
    }

    private async Task<Found> LookAsync(string endpointName, CancellationToken cancellationToken)
    {
        var host = await workspace.GetHostAsync(cancellationToken).ConfigureAwait(false);
        JsonElement detail;
        try
        {
            detail = await AskAsync(
                token => new TokenCall(
                    Purpose, HttpMethod.Get, new Uri(host, $"/api/2.0/serving-endpoints/{Uri.EscapeDataString(endpointName)}"))
                {
                    Headers = workspace.HeadersOf(token),
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (TokenCallException exception) when (exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            // The request itself reports a wrong name; and permission to query does not include permission to view the endpoint.
            return Found.Unknown;
        }
        catch (TokenCallException exception)
        {
            throw CredentialExceptions.Provider(exception.Message);
        }

        return Info(detail) is not { } info ? new Found(route: null) : new Found(Route(endpointName, info));
    }

    private DataPlaneAuthenticator Route(string endpointName, (Uri Address, string Details) info)
    {
        if (workspace.AuthType is "pat" or "basic")
        {
            throw new DatabricksCredentialException(
                workspace.Redaction,
                $"Endpoint '{endpointName}' is route-optimized and requires OAuth tokens, and '{workspace.AuthType}' has none. " +
                "Use oauth-m2m or another OAuth authentication type, or disable UseRouteOptimization if the workspace still " +
                "serves the endpoint.")
            {
                Failure = DatabricksCredentialFailure.NotConfigured,
            };
        }

        var source = new TokenSource(workspace.AuthType ?? "custom", stop => ExchangeAsync(info.Details, stop));
        return new DataPlaneAuthenticator(info.Address, new TokenCache(source, platform.Clock, logger, workspace.RenewsAhead), workspace);
    }

    private async Task<DatabricksAccessToken> ExchangeAsync(string details, CancellationToken cancellationToken)
    {
        var host = await workspace.GetHostAsync(cancellationToken).ConfigureAwait(false);
        var asked = platform.Clock.GetUtcNow();
        try
        {
            // A fixed path: the SDKs do not look for this one. There is no Authorization header: the assertion identifies the caller.
            var answer = await AskAsync(
                token => new TokenCall(ExchangePurpose, HttpMethod.Post, new Uri(host, "/oidc/v1/token"))
                {
                    Form =
                    [
                        new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
                        new("authorization_details", details),
                        new("assertion", token.Value),
                    ],
                },
                cancellationToken).ConfigureAwait(false);
            var token = TokenFromWire.OAuth(answer, asked, ExchangePurpose);
            workspace.Redaction.Add(token.Value);
            return token;
        }
        catch (TokenCallException exception)
        {
            throw CredentialExceptions.Provider(exception.Message);
        }
    }

    // A revoked workspace token is refreshed once, as for serving requests.
    private async Task<JsonElement> AskAsync(Func<DatabricksAccessToken, TokenCall> callWith, CancellationToken cancellationToken)
    {
        var token = await workspace.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await requests.Hiding(token.Value).GetObjectAsync(callWith(token), cancellationToken).ConfigureAwait(false);
        }
        catch (TokenCallException exception)
            when (exception.StatusCode == HttpStatusCode.Unauthorized || exception.ErrorCode == "invalid_grant")
        {
            var renewed = await workspace.RefreshAsync(token, cancellationToken).ConfigureAwait(false);
            if (renewed.Value == token.Value)
            {
                throw;
            }

            return await requests.Hiding(renewed.Value).GetObjectAsync(callWith(renewed), cancellationToken).ConfigureAwait(false);
        }
    }

    // The details are sent back as they came: a text that holds JSON, or the JSON itself.
    private static (Uri Address, string Details)? Info(JsonElement detail)
    {
        if (!detail.TryGetProperty("data_plane_info", out var plane) || plane.ValueKind != JsonValueKind.Object
            || !plane.TryGetProperty("query_info", out var query) || query.ValueKind != JsonValueKind.Object
            || Details(query) is not { Length: > 0 } details
            || !Uri.TryCreate(TokenFromWire.Text(query, "endpoint_url"), UriKind.Absolute, out var address))
        {
            return null;
        }

        return address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)
            ? (address, details)
            : throw CredentialExceptions.Provider(
                $"{Purpose}: {address.GetLeftPart(UriPartial.Path)} does not use https, and tokens are not sent in clear text.");
    }

    private static string? Details(JsonElement query) => query.TryGetProperty("authorization_details", out var details)
        ? details.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? details.GetRawText() : TokenFromWire.Text(details)
        : null;

    /// <summary>The cached result for one endpoint; the URL does not change.</summary>
    private sealed class Entry(Func<CancellationToken, Task<Found>> look)
    {
        public SingleFlight<Found> Looking { get; } = new(look);

        public Found? Answer { get; set; }
    }

    private sealed class Found(DataPlaneAuthenticator? route)
    {
        public DataPlaneAuthenticator? Route => route;

        /// <summary>The lookup had no result; the next request repeats it.</summary>
        public static readonly Found Unknown = new(route: null);
    }
}
