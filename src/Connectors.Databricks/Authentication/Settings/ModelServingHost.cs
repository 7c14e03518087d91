using Connectors.Databricks.Authentication.Outside;

namespace Connectors.Databricks.Authentication.Settings;

/// <summary>The host that a container of Model Serving is told in its environment (authentication reference §6.12).</summary>
internal static class ModelServingHost
{
    /// <summary>Where such a container finds its token.</summary>
    public const string TokenPath = "/var/credentials-secret/model-dependencies-oauth-token";

    private static readonly string[] Flags = ["IS_IN_DB_MODEL_SERVING_ENV", "IS_IN_DATABRICKS_MODEL_SERVING_ENV"];
    private static readonly string[] Hosts = ["DATABRICKS_MODEL_SERVING_HOST_URL", "DB_MODEL_SERVING_HOST_URL"];

    public static bool IsHere(ISurroundings surroundings) =>
        Flags.Any(name => surroundings.Variable(name) == "true") && surroundings.FileSize(TokenPath) is not null;

    /// <summary>Fills the host when nothing else gave one.</summary>
    public static void Fill(Dictionary<Setting, SettingValue> values, ISurroundings surroundings)
    {
        if (values.ContainsKey(SettingTable.Host) || !IsHere(surroundings))
        {
            return;
        }

        foreach (var name in Hosts)
        {
            if (surroundings.Variable(name) is { Length: > 0 } host)
            {
                values[SettingTable.Host] = new SettingValue(host, SettingSource.Variable(name));
                return;
            }
        }
    }
}
