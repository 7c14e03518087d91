using Connectors.Databricks.Authentication.Settings;

namespace Connectors.Databricks.Authentication.Hosts;

/// <summary>
/// The addresses of one of Azure's clouds (authentication reference §6.5). Each ends with a slash, which is part of the resource's name.
/// </summary>
internal sealed record AzureCloud(string Name, Uri ActiveDirectory, Uri ResourceManager, string ServiceManagement)
{
    public static readonly AzureCloud Public = new(
        "PUBLIC",
        new Uri("https://login.microsoftonline.com/"),
        new Uri("https://management.azure.com/"),
        "https://management.core.windows.net/");

    public static readonly AzureCloud UsGovernment = new(
        "USGOVERNMENT",
        new Uri("https://login.microsoftonline.us/"),
        new Uri("https://management.usgovcloudapi.net/"),
        "https://management.core.usgovcloudapi.net/");

    public static readonly AzureCloud China = new(
        "CHINA",
        new Uri("https://login.chinacloudapi.cn/"),
        new Uri("https://management.chinacloudapi.cn/"),
        "https://management.core.chinacloudapi.cn/");

    /// <summary>Determined by the host name, then by <c>azure_environment</c>; the public cloud by default.</summary>
    /// <exception cref="DatabricksCredentialException">The setting is not a known cloud.</exception>
    public static AzureCloud Of(ResolvedSettings settings) => settings.Host?.Host switch
    {
        { } host when host.EndsWith(".databricks.azure.us", StringComparison.OrdinalIgnoreCase) => UsGovernment,
        { } host when host.EndsWith(".databricks.azure.cn", StringComparison.OrdinalIgnoreCase) => China,
        { } host when host.EndsWith(".azuredatabricks.net", StringComparison.OrdinalIgnoreCase) => Public,
        _ => Named(settings),
    };

    // Some tools write AzurePublicCloud for PUBLIC, and so on.
    private static AzureCloud Named(ResolvedSettings settings) => settings[SettingTable.AzureEnvironment]?.ToUpperInvariant() switch
    {
        null or "PUBLIC" or "AZUREPUBLICCLOUD" => Public,
        "USGOVERNMENT" or "AZUREUSGOVERNMENT" or "AZUREUSGOVERNMENTCLOUD" => UsGovernment,
        "CHINA" or "AZURECHINACLOUD" => China,

        // The chain adds the configured settings.
        _ => throw new DatabricksCredentialException(
            settings.Redaction,
            $"azure_environment is '{settings[SettingTable.AzureEnvironment]}', which is none of PUBLIC, USGOVERNMENT and CHINA.")
        {
            Failure = DatabricksCredentialFailure.InvalidConfiguration,
        },
    };
}
