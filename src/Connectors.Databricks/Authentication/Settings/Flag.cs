namespace Connectors.Databricks.Authentication.Settings;

/// <summary>Reads yes and no as databricks-sdk-go does: strictly, so that a misspelt "false" never counts as true.</summary>
internal static class Flag
{
    /// <returns>Null for a text that is neither.</returns>
    public static bool? Parse(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };
}
