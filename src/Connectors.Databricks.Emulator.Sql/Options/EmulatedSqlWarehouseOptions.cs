namespace Connectors.Databricks.Emulator.Sql;

/// <summary>Configures an <see cref="EmulatedSqlWarehouse"/>.</summary>
public sealed class EmulatedSqlWarehouseOptions
{
    /// <summary>Gets or sets the id of the warehouse.</summary>
    /// <value>Default: <c>0123456789abcdef</c>.</value>
    public string WarehouseId { get; set; } = "0123456789abcdef";

    /// <summary>Gets or sets the catalog of tables that a statement names without one.</summary>
    /// <value>Default: <c>main</c>.</value>
    public string Catalog { get; set; } = "main";

    /// <summary>Gets or sets the schema of tables that a statement names without one.</summary>
    /// <value>Default: <c>default</c>.</value>
    public string Schema { get; set; } = "default";

    /// <summary>Gets or sets the maximum number of rows of a chunk of a result.</summary>
    /// <value>Default: 10,000.</value>
    public int RowsPerChunk { get; set; } = 10_000;

    /// <summary>Gets or sets the maximum size of a result in the response, in bytes.</summary>
    /// <value>Default: 25 MiB, as documented.</value>
    public long InlineByteLimit { get; set; } = 25L * 1024 * 1024;

    /// <summary>Gets or sets how long an external link is valid.</summary>
    /// <value>Default: 15 minutes.</value>
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets how long a statement and its result are kept.</summary>
    /// <value>Default: 1 hour.</value>
    public TimeSpan ResultLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Gets or sets a value indicating whether the arguments of <c>ai_query</c> that must be constants may be parameter markers.
    /// Unconfirmed: the documentation of parameter markers implies it, and that of <c>ai_query</c> does not mention them.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool AllowParameterMarkersInAiQuery { get; set; } = true;

    internal EmulatedSqlWarehouseOptions Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(WarehouseId);
        ArgumentException.ThrowIfNullOrWhiteSpace(Catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(Schema);
        ArgumentOutOfRangeException.ThrowIfLessThan(RowsPerChunk, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(InlineByteLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(LinkLifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ResultLifetime, TimeSpan.Zero);
        return (EmulatedSqlWarehouseOptions)MemberwiseClone();
    }
}
