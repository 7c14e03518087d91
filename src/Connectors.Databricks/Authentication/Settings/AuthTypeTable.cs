namespace Connectors.Databricks.Authentication.Settings;

/// <summary>
/// The authentication types in order of precedence, and the setting groups that each reads (authentication reference §5).
/// </summary>
internal static class AuthTypeTable
{
    // The order of databricks-sdk-go, which is the documented one; model-serving is specific to containers of Model Serving and comes last.
    private static readonly (string AuthType, string[] Groups)[] InOrder =
    [
        ("pat", ["pat"]),
        ("basic", ["basic"]),
        ("oauth-m2m", ["oauth"]),
        ("databricks-cli", []),
        ("metadata-service", ["metadata-service"]),
        ("github-oidc", ["oauth"]),
        ("azure-devops-oidc", ["oauth"]),
        ("env-oidc", ["oauth", "env-oidc"]),
        ("file-oidc", ["oauth", "file-oidc"]),
        ("github-oidc-azure", ["azure"]),
        ("azure-msi", ["azure"]),
        ("azure-client-secret", ["azure"]),
        ("azure-cli", ["azure"]),
        ("model-serving", []),
    ];

    public static IEnumerable<string> All => InOrder.Select(entry => entry.AuthType);

    /// <summary>The setting groups that an authentication type reads in addition to ungrouped settings.</summary>
    public static IReadOnlyList<string> GroupsOf(string authType) => InOrder.First(entry => entry.AuthType == authType).Groups;

    /// <summary>The authentication types that read settings of one of these groups.</summary>
    public static IEnumerable<string> WithAnyOf(IReadOnlyList<string> groups) =>
        InOrder.Where(entry => entry.Groups.Any(groups.Contains)).Select(entry => entry.AuthType);
}
