using Connectors.Databricks.Authentication.Hosts;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>The services that credential sources use.</summary>
internal sealed record CredentialSourceContext(
    ResolvedSettings Settings, IPlatform Platform, TokenRequests Requests, HostFacts HostFacts, OAuthEndpoints OAuth, Redaction Redaction)
{
    private const string DefaultScope = "all-apis";

    /// <summary>Whether <c>auth_type</c> selects the credential source explicitly.</summary>
    public bool IsForced => Settings[SettingTable.AuthType] is not null;

    public DateTimeOffset Now => Platform.Clock.GetUtcNow();

    /// <summary>The host. Credential sources that require one are skipped if none is configured.</summary>
    public Uri Host => Settings.Host!;

    /// <summary>The OAuth scopes in wire format: distinct, sorted and separated by spaces.</summary>
    public string Scope
    {
        get
        {
            var scopes = (Settings[SettingTable.Scopes] ?? string.Empty)
                .Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            return scopes.Length == 0 ? DefaultScope : string.Join(' ', scopes);
        }
    }
}
