namespace Connectors.Databricks;

/// <summary>One setting of unified authentication that has a value.</summary>
/// <param name="Name">The key in a profile, such as <c>client_id</c>.</param>
/// <param name="Value">The value; <c>***</c> for a secret.</param>
/// <param name="Source">The source of the value: <c>code</c>, <c>environment variable DATABRICKS_TOKEN</c>, or a profile of a file.</param>
public sealed record DatabricksAuthenticationSetting(string Name, string Value, string Source)
{
    /// <summary>Formats the setting as a line of a report.</summary>
    /// <returns><c>name=value (from source)</c>.</returns>
    public override string ToString() => $"{Name}={Value} (from {Source})";
}
