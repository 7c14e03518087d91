namespace Connectors.Databricks.Management;

/// <summary>
/// The table of Unity Catalog that requests and responses of a model service are logged to. Its schema and its prefix cannot be changed
/// later.
/// </summary>
public sealed record ModelServiceInferenceTable : EndpointDocument
{
    /// <summary>Gets the schema of the table: <c>schemas/</c> and its two-part name.</summary>
    public string? Parent { get; init; }

    /// <summary>Gets the prefix of the table name, to which <c>_payload</c> is appended; the name of the service by default.</summary>
    public string? TableNamePrefix { get; init; }

    /// <summary>Gets a value indicating whether logging is paused; current versions of the API no longer list it.</summary>
    public bool? Disabled { get; init; }

    /// <summary>Gets the table: <c>tables/</c> and its three-part name. Set by the service; never sent.</summary>
    public string? Table { get; init; }

    /// <summary>Gets a value indicating whether the table was deleted: nothing is logged. Set by the service; never sent.</summary>
    public bool? IsDeleted { get; init; }

    /// <summary>Creates an inference table.</summary>
    /// <param name="schema">The schema, such as <c>main.logs</c>, with or without <c>schemas/</c>.</param>
    /// <param name="tableNamePrefix">The prefix of the table name.</param>
    /// <returns>The table.</returns>
    public static ModelServiceInferenceTable In(string schema, string? tableNamePrefix = null) => new()
    {
        Parent = ModelServices.ModelServiceNames.WithPrefix("schemas/", schema, nameof(schema)),
        TableNamePrefix = tableNamePrefix,
    };
}
