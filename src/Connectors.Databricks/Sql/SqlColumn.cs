namespace Connectors.Databricks;

/// <summary>A column of the result of a SQL statement.</summary>
public sealed class SqlColumn
{
    /// <summary>Initializes a new instance of the <see cref="SqlColumn"/> class.</summary>
    /// <param name="name">The name, which need not be unique.</param>
    /// <param name="typeName">The base type, such as <c>INT</c> or <c>STRUCT</c>.</param>
    /// <param name="typeText">The full type, such as <c>STRUCT&lt;response: STRING&gt;</c>; null for <paramref name="typeName"/>.</param>
    public SqlColumn(string name, string typeName = "STRING", string? typeText = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(typeName);
        (Name, TypeName, TypeText) = (name, typeName, typeText ?? typeName);
    }

    /// <summary>Gets the name, which need not be unique.</summary>
    public string Name { get; }

    /// <summary>Gets the base type, such as <c>INT</c>, <c>STRING</c>, <c>TIMESTAMP</c> or <c>STRUCT</c>.</summary>
    public string TypeName { get; }

    /// <summary>Gets the full type, such as <c>DECIMAL(18,2)</c>.</summary>
    public string TypeText { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {TypeText}";
}
