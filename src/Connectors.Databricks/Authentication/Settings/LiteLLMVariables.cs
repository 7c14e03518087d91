using Connectors.Databricks.Authentication.Platform;

namespace Connectors.Databricks.Authentication.Settings;

/// <summary>
/// The variables in which LiteLLM expects the workspace. They are not read: the base has a path, and other tools of the same name exist.
/// </summary>
internal static class LiteLLMVariables
{
    private static readonly string[] Names = ["DATABRICKS_API_BASE", "DATABRICKS_API_KEY"];

    /// <summary>What to do with those that are set; null if there are none.</summary>
    public static string? Hint(IPlatform platform)
    {
        var set = Array.FindAll(Names, name => !string.IsNullOrEmpty(platform.Variable(name)));
        return set.Length == 0 ? null
            : $"{string.Join(" and ", set)}, which LiteLLM reads, {(set.Length == 1 ? "is" : "are")} set, but not read here: set " +
                "DATABRICKS_HOST to the address of the workspace without '/serving-endpoints', and DATABRICKS_TOKEN to the key.";
    }
}
