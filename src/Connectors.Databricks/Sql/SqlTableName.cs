using Connectors.Databricks.Sql.AiQuery;

namespace Connectors.Databricks;

/// <summary>The name of a table in Unity Catalog. It is quoted where it becomes part of SQL text, so it may come from users.</summary>
public sealed class SqlTableName
{
    /// <summary>Initializes a new instance of the <see cref="SqlTableName"/> class.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="table">The table.</param>
    /// <exception cref="ArgumentException">A part is empty, longer than 255 characters, or has a control character.</exception>
    public SqlTableName(string catalog, string schema, string table)
    {
        SqlText.Require(catalog, nameof(catalog));
        SqlText.Require(schema, nameof(schema));
        SqlText.Require(table, nameof(table));
        (Catalog, Schema, Table) = (catalog, schema, table);
    }

    /// <summary>Gets the catalog.</summary>
    public string Catalog { get; }

    /// <summary>Gets the schema.</summary>
    public string Schema { get; }

    /// <summary>Gets the table.</summary>
    public string Table { get; }

    /// <summary>Creates a name from its text, without quotes.</summary>
    /// <param name="name">The name, such as <c>main.src.tickets</c>.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The text does not have three parts; use the constructor for parts with dots.</exception>
    public static SqlTableName Parse(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name.Contains('`', StringComparison.Ordinal) || name.Split('.') is not [var catalog, var schema, var table]
            ? throw new ArgumentException($"'{name}' is not the name of a table: catalog.schema.table, without quotes.", nameof(name))
            : new SqlTableName(catalog, schema, table);
    }

    /// <summary>Gets the name as SQL text, with each part in backticks.</summary>
    /// <returns>Such as <c>`main`.`src`.`tickets`</c>.</returns>
    public override string ToString() => $"{SqlText.Quote(Catalog)}.{SqlText.Quote(Schema)}.{SqlText.Quote(Table)}";
}
