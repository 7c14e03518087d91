using Connectors.Databricks.Authentication.Hosts;
using Connectors.Databricks.Authentication.Outside;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Authentication.Strategies;

/// <summary>What strategies work with.</summary>
internal sealed record StrategyContext(
    ResolvedSettings Settings, ISurroundings Surroundings, TokenRequests Requests, HostFacts HostFacts, OAuthEndpoints OAuth, Redaction Redaction)
{
    private const string DefaultScope = "all-apis";

    /// <summary>Whether <c>auth_type</c> names the strategy, so that it is not one among many.</summary>
    public bool IsForced => Settings[SettingTable.AuthType] is not null;

    public DateTimeOffset Now => Surroundings.Clock.GetUtcNow();

    /// <summary>The host; strategies that need one are not asked without.</summary>
    public Uri Host => Settings.Host!;

    /// <summary>The scopes as the wire takes them: each once, in order, joined by spaces.</summary>
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
