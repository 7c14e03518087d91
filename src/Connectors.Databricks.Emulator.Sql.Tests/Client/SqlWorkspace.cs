namespace Connectors.Databricks.Emulator.Sql.Tests.Client;

/// <summary>The connector with an emulated warehouse.</summary>
internal sealed class SqlWorkspace : IAsyncDisposable
{
    private SqlWorkspace(DatabricksEmulator emulator, EmulatedSqlWarehouse warehouse)
    {
        (Emulator, Warehouse) = (emulator, warehouse);
        Serving = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token));
    }

    public DatabricksEmulator Emulator { get; }

    public EmulatedSqlWarehouse Warehouse { get; }

    public DatabricksServingClient Serving { get; }

    public static async Task<SqlWorkspace> StartAsync(
        Action<EmulatedSqlWarehouseOptions>? configure = null, EmulatedWorkspace workspace = EmulatedWorkspace.GatewayEnforced)
    {
        var emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { Workspace = workspace });
        return new SqlWorkspace(emulator, emulator.UseSqlWarehouse(configure));
    }

    public SqlStatementClient Sql(Action<SqlStatementOptions>? configure = null)
    {
        var options = new SqlStatementOptions { MinPollInterval = TimeSpan.FromMilliseconds(5) };
        configure?.Invoke(options);
        return Serving.GetSqlStatementClient(Warehouse.Id, options);
    }

    public async Task<string[]> RowsAsync(string statement, params SqlParameter[] parameters) =>
        await RowsAsync(Sql().QueryAsync(statement, parameters));

    public static async Task<string[]> RowsAsync(IAsyncEnumerable<SqlRow> rows)
    {
        List<string> texts = [];
        await foreach (var row in rows)
        {
            texts.Add(string.Join('|', Enumerable.Range(0, row.Columns.Count).Select(column => row[column] ?? "NULL")));
        }

        return [.. texts];
    }

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
