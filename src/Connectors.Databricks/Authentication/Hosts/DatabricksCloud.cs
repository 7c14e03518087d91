namespace Connectors.Databricks.Authentication.Hosts;

/// <summary>Determines the cloud of a host by its name (authentication reference §3).</summary>
internal static class DatabricksCloud
{
    public const string Aws = "AWS";
    public const string Azure = "AZURE";
    public const string Gcp = "GCP";

    /// <summary>The resource id of Entra tokens for Databricks; development and staging have their own.</summary>
    private const string AzureResource = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

    // First match wins.
    private static readonly (string Suffix, string Cloud, string AzureResource)[] Suffixes =
    [
        (".dev.databricks.com", Aws, AzureResource),
        (".staging.cloud.databricks.com", Aws, AzureResource),
        (".cloud.databricks.us", Aws, AzureResource),
        (".cloud.databricks.com", Aws, AzureResource),
        (".dev.azuredatabricks.net", Azure, "62a912ac-b58e-4c1d-89ea-b2dbfc7358fc"),
        (".staging.azuredatabricks.net", Azure, "4a67d088-db5c-48f1-9ff2-0aace800ae68"),
        (".azuredatabricks.net", Azure, AzureResource),
        (".databricks.azure.us", Azure, AzureResource),
        (".databricks.azure.cn", Azure, AzureResource),
        (".dev.gcp.databricks.com", Gcp, AzureResource),
        (".staging.gcp.databricks.com", Gcp, AzureResource),
        (".gcp.databricks.com", Gcp, AzureResource),
    ];

    /// <returns>Null if the name matches no cloud, as private names do; AWS is then assumed.</returns>
    public static string? Of(Uri host) => Match(host)?.Cloud;

    public static string AzureResourceOf(Uri? host) => (host is null ? null : Match(host))?.AzureResource ?? AzureResource;

    /// <summary>Whether a host serves an account or several workspaces instead of a single workspace.</summary>
    public static bool IsAccounts(Uri host) =>
        host.Host.StartsWith("accounts.", StringComparison.OrdinalIgnoreCase)
        || host.Host.StartsWith("accounts-dod.", StringComparison.OrdinalIgnoreCase);

    private static (string Suffix, string Cloud, string AzureResource)? Match(Uri host)
    {
        foreach (var entry in Suffixes)
        {
            if (host.Host.EndsWith(entry.Suffix, StringComparison.OrdinalIgnoreCase))
            {
                return entry;
            }
        }

        return null;
    }
}
