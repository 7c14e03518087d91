namespace Connectors.Databricks;

/// <summary>One setting of unified authentication that has a value.</summary>
/// <param name="Name">Its name in a profile, such as <c>client_id</c>.</param>
/// <param name="Value">Its value; <c>***</c> for a secret.</param>
/// <param name="Source">Where the value came from: <c>code</c>, <c>environment variable DATABRICKS_TOKEN</c>, a profile of a file.</param>
public sealed record DatabricksAuthenticationSetting(string Name, string Value, string Source)
{
    /// <summary>The setting as a line of a report.</summary>
    /// <returns><c>name=value (from source)</c>.</returns>
    public override string ToString() => $"{Name}={Value} (from {Source})";
}
