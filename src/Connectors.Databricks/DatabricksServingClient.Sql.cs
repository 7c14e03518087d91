namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    /// <summary>Gets a client that runs SQL statements on a SQL warehouse.</summary>
    /// <param name="warehouseId">The id of the warehouse, from Connection details on its page.</param>
    /// <param name="options">The options, or <see langword="null"/> for the defaults. They are copied.</param>
    /// <returns>A thread-safe client. No request is sent until it is used.</returns>
    /// <exception cref="ArgumentException"><paramref name="warehouseId"/> is empty, or an option is invalid.</exception>
    public virtual SqlStatementClient GetSqlStatementClient(string warehouseId, SqlStatementOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(warehouseId);
        return new SqlStatementClient(Api, warehouseId, (options ?? new SqlStatementOptions()).CopyValidated());
    }
}
