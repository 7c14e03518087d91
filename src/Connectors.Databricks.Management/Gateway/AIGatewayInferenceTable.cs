namespace Connectors.Databricks.Management;

/// <summary>The table of Unity Catalog that requests and answers are written to.</summary>
public sealed record AIGatewayInferenceTable : EndpointDocument
{
    /// <summary>Whether it is written.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The catalog.</summary>
    public string? CatalogName { get; init; }

    /// <summary>The schema.</summary>
    public string? SchemaName { get; init; }

    /// <summary>What the name of the table starts with.</summary>
    public string? TableNamePrefix { get; init; }
}
