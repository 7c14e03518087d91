namespace Connectors.Databricks.Emulator.Sql.Tests.Docs.Code;

/// <summary>The code of the package's README and of docs/sql.md that runs on the emulator.</summary>
public class SqlEmulatorCode
{
    [Fact]
    public async Task Start()
    {
        // <sql-emulator>
        await using DatabricksEmulator emulator = await DatabricksEmulator.StartAsync();
        EmulatedSqlWarehouse warehouse = emulator.UseSqlWarehouse();
        warehouse.CreateTable("main.src.tickets", "id BIGINT, body STRING", [[1, "It is broken."], [2, "Please refund me."]]);

        var serving = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token));
        SqlStatementClient sql = serving.GetSqlStatementClient(warehouse.Id);
        SqlResult result = await sql.ExecuteAsync("SELECT count(*) AS n FROM main.src.tickets WHERE body LIKE '%refund%'");
        // </sql-emulator>
        Assert.Equal("1", await FirstAsync(result));
    }

    private static async Task<string?> FirstAsync(SqlResult result)
    {
        await foreach (var row in result.ReadRowsAsync())
        {
            return row[0];
        }

        return null;
    }
}
