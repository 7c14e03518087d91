namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>An access token that was issued.</summary>
/// <param name="Value">The text clients send.</param>
/// <param name="Subject">The client id, or the subject of a federated token.</param>
/// <param name="Principal">The service principal; null for other subjects.</param>
/// <param name="Scope">The requested scope.</param>
/// <param name="ExpiresAt">When it ends, by the emulator's clock.</param>
/// <param name="EndpointPaths">The route-optimized endpoints it is limited to; null for a token of the workspace.</param>
internal sealed record OAuthToken(
    string Value,
    string Subject,
    ServicePrincipal? Principal,
    string Scope,
    DateTimeOffset ExpiresAt,
    IReadOnlySet<string>? EndpointPaths);
