namespace Connectors.Databricks.Endpoints;

/// <summary>How a fact of the catalogue is known.</summary>
/// <param name="Value">The word for people and for tools.</param>
public readonly record struct CatalogFactSource(string Value)
{
    /// <summary>It is not.</summary>
    public static CatalogFactSource Unknown { get; } = new("unknown");

    /// <summary>The service says so.</summary>
    public static CatalogFactSource Service { get; } = new("service");

    /// <summary>The table of models says so (<see cref="DatabricksServingOptions.Models"/>).</summary>
    public static CatalogFactSource Table { get; } = new("table");

    /// <summary>It follows from names, or from what its family is like: likely, not certain.</summary>
    public static CatalogFactSource Inferred { get; } = new("inferred");

    /// <summary>The word.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? Unknown.Value;
}
