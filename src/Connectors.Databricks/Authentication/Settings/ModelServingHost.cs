using Connectors.Databricks.Authentication.Platform;

namespace Connectors.Databricks.Authentication.Settings;

/// <summary>The host in the environment of a Model Serving container (authentication reference §6.12).</summary>
internal static class ModelServingHost
{
    /// <summary>Where such a container finds its token.</summary>
    public const string TokenPath = "/var/credentials-secret/model-dependencies-oauth-token";

    private static readonly string[] Flags = ["IS_IN_DB_MODEL_SERVING_ENV", "IS_IN_DATABRICKS_MODEL_SERVING_ENV"];
    private static readonly string[] Hosts = ["DATABRICKS_MODEL_SERVING_HOST_URL", "DB_MODEL_SERVING_HOST_URL"];

    public static bool IsHere(IPlatform platform) =>
        Flags.Any(name => platform.Variable(name) == "true") && platform.FileSize(TokenPath) is not null;

    /// <summary>Sets the host if no other setting does.</summary>
    public static void Fill(Dictionary<Setting, SettingValue> values, IPlatform platform)
    {
        if (values.ContainsKey(SettingTable.Host) || !IsHere(platform))
        {
            return;
        }

        foreach (var name in Hosts)
        {
            if (platform.Variable(name) is { Length: > 0 } host)
            {
                values[SettingTable.Host] = new SettingValue(host, SettingSource.Variable(name));
                return;
            }
        }
    }
}
