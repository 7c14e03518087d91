using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>The federation policies of a service principal or of the account.</summary>
internal sealed class FederationPolicies
{
    private ImmutableList<Policy> _policies = [];

    /// <param name="issuer">The <c>iss</c> a token must have.</param>
    /// <param name="subject">The <c>sub</c> it must have; null allows any.</param>
    /// <param name="audience">The <c>aud</c> it must have; null allows the defaults of the workspace.</param>
    public void Add(string issuer, string? subject, string? audience)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(issuer);
        ImmutableInterlocked.Update(ref _policies, policies => policies.Add(new Policy(issuer, subject, audience)));
    }

    /// <summary>The reason why no policy trusts the claims; null when one does. Unconfirmed: the texts.</summary>
    public string? Refuse(JsonObject claims, IReadOnlyList<string> defaultAudiences)
    {
        List<Policy> policies = [.. _policies.Where(policy => policy.Issuer == claims.Text("iss"))];
        if (policies.Count == 0)
        {
            return $"No federation policy trusts the issuer '{claims.Text("iss")}'.";
        }

        policies.RemoveAll(policy => policy.Subject is not null && policy.Subject != claims.Text("sub"));
        if (policies.Count == 0)
        {
            return $"No federation policy of this issuer trusts the subject '{claims.Text("sub")}'.";
        }

        List<string> audiences = [.. Audiences(claims["aud"])];
        return policies.Exists(policy => audiences.Exists(policy.Audience is null ? defaultAudiences.Contains : policy.Audience.Equals))
            ? null
            : $"No federation policy of this issuer trusts the audience '{string.Join(", ", audiences)}'.";
    }

    /// <summary>One text or a list of them (RFC 7519 section 4.1.3).</summary>
    private static IEnumerable<string> Audiences(JsonNode? node) =>
        node is JsonArray list ? list.Select(one => one.Text()).OfType<string>() : node.Text() is string single ? [single] : [];

    private sealed record Policy(string Issuer, string? Subject, string? Audience);
}
