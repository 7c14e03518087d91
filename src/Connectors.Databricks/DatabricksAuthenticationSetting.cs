using System.Diagnostics.CodeAnalysis;

namespace Connectors.Databricks;

/// <summary>One setting of unified authentication that has a value.</summary>
public sealed record DatabricksAuthenticationSetting
{
    /// <summary>Initializes a new instance of the <see cref="DatabricksAuthenticationSetting"/> class, such as for tests.</summary>
    public DatabricksAuthenticationSetting()
    {
    }

    [SetsRequiredMembers]
    internal DatabricksAuthenticationSetting(string name, string value, string source)
    {
        Name = name;
        Value = value;
        Source = source;
    }

    /// <summary>Gets the key in a profile, such as <c>client_id</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the value; <c>***</c> for a secret.</summary>
    public required string Value { get; init; }

    /// <summary>
    /// Gets the source of the value: <c>code</c>, <c>environment variable DATABRICKS_TOKEN</c>, or a profile of a file.
    /// </summary>
    public required string Source { get; init; }

    /// <summary>Formats the setting as a line of a report.</summary>
    /// <returns><c>name=value (from source)</c>.</returns>
    public override string ToString() => $"{Name}={Value} (from {Source})";
}
