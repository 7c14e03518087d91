namespace Connectors.Databricks.Emulator.Sql.Parsing;

/// <summary>A name of three levels. Names of Unity Catalog are compared without regard to case.</summary>
internal sealed record TableName(string Catalog, string Schema, string Table)
{
    /// <summary>
    /// The identifier of the engine, which has one namespace: dots inside of a part cannot be confused with those between.
    /// </summary>
    public string Identifier => Quote(
        string.Join('.', new[] { Catalog, Schema, Table }.Select(part => part.Replace(".", "\u2024", StringComparison.Ordinal))));

    public string SchemaText => $"`{Catalog}`.`{Schema}`";

    public string SchemaKey => $"{Catalog}\n{Schema}".ToUpperInvariant();

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public override string ToString() => $"`{Catalog}`.`{Schema}`.`{Table}`";
}
