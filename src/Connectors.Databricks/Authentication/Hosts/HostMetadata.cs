using System.Text.Json;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Hosts;

/// <summary>The host metadata document at <c>/.well-known/databricks-config</c> (authentication reference §7.1).</summary>
internal sealed record HostMetadata
{
    public static readonly HostMetadata None = new();

    public Uri? DiscoveryUrl { get; private init; }

    public string? AccountId { get; private init; }

    public string? WorkspaceId { get; private init; }

    /// <summary>In capitals.</summary>
    public string? Cloud { get; private init; }

    /// <summary>workspace, account or unified; null for anything else.</summary>
    public string? HostType { get; private init; }

    public string? FederationAudience { get; private init; }

    public static HostMetadata Read(JsonElement document, string? configuredAccount)
    {
        var account = configuredAccount ?? Text(document, "account_id");
        return new HostMetadata
        {
            DiscoveryUrl = Discovery(Text(document, "oidc_endpoint"), account),
            AccountId = Text(document, "account_id"),
            WorkspaceId = Text(document, "workspace_id"),
            Cloud = Text(document, "cloud")?.ToUpperInvariant(),
            HostType = Text(document, "host_type")?.ToLowerInvariant() is "workspace" or "account" or "unified"
                ? Text(document, "host_type")!.ToLowerInvariant()
                : null,
            FederationAudience = Audience(document),
        };
    }

    // A URL with an unresolved placeholder is unusable; the fallbacks do not need it.
    private static Uri? Discovery(string? endpoint, string? account)
    {
        if (endpoint is null)
        {
            return null;
        }

        const string placeholder = "{account_id}";
        if (endpoint.Contains(placeholder, StringComparison.Ordinal))
        {
            if (account is null)
            {
                return null;
            }

            endpoint = endpoint.Replace(placeholder, Uri.EscapeDataString(account), StringComparison.Ordinal);
        }

        return Uri.TryCreate(endpoint.TrimEnd('/') + OAuthEndpoints.WellKnown, UriKind.Absolute, out var address) ? address : null;
    }

    private static string? Audience(JsonElement document) =>
        document.TryGetProperty("token_federation_default_oidc_audiences", out var audiences)
        && audiences.ValueKind == JsonValueKind.Array
        && TokenFromWire.Text(audiences.EnumerateArray().FirstOrDefault()) is { Length: > 0 } first
            ? first
            : null;

    // Ids may be JSON numbers.
    private static string? Text(JsonElement document, string name) => document.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String when TokenFromWire.Text(value) is { Length: > 0 } text => text,
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;
}
