namespace Connectors.Databricks.Management;

/// <summary>The configuration of the inference table that requests and responses are logged to.</summary>
public sealed record AIGatewayInferenceTable : EndpointDocument
{
    /// <summary>Gets a value indicating whether the inference table is enabled.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Gets the Unity Catalog catalog of the inference table.</summary>
    public string? CatalogName { get; init; }

    /// <summary>Gets the schema of the inference table.</summary>
    public string? SchemaName { get; init; }

    /// <summary>Gets the prefix of the table name.</summary>
    public string? TableNamePrefix { get; init; }
}
