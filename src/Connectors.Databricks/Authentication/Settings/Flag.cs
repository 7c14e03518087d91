namespace Connectors.Databricks.Authentication.Settings;

/// <summary>Parses Boolean settings as strictly as databricks-sdk-go, so that a misspelled "false" never counts as true.</summary>
internal static class Flag
{
    /// <returns>Null if the text is neither.</returns>
    public static bool? Parse(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };
}
