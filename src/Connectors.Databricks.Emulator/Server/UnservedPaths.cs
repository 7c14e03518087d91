namespace Connectors.Databricks.Emulator.Server;

/// <summary>
/// The paths that the service is known to serve and the emulator does not: they return a 501 that names them, never the 404 of a path that
/// does not exist.
/// </summary>
internal static class UnservedPaths
{
    // The native routes of the gateway, its MCP services and skills.
    private static readonly string[] OfGateway = ["openai", "anthropic", "gemini", "codex", "cursor", "mcp-services", "skills"];

    // The native routes on serving endpoints.
    private static readonly string[] OfServing = ["anthropic", "openai", "gemini"];

    public static bool Contain(string[] segments) => segments switch
    {
        ["ai-gateway", string first, ..] => OfGateway.Contains(first),
        ["serving-endpoints", string first, _, ..] when OfServing.Contains(first) => true,
        ["api", "2.0", "serving-endpoints" or "serving-endpoints:foundation-models", ..] => false,
        ["api", "2.0", "permissions", "serving-endpoints", ..] => false,
        ["api", "2.1", "unity-catalog", "model-services", ..] => false,
        ["api", "2.1", "unity-catalog", "permissions" or "effective-permissions", "model_service", ..] => false,
        ["api", "2.0" or "2.1" or "2.2" or "3.0" or "4.0" or "ai-gateway", ..] => true,
        ["sql" or "oidc" or "apps", ..] => segments is ["oidc", "v1", "authorize"] or ["sql", ..] or ["apps", ..],
        _ => false,
    };
}
