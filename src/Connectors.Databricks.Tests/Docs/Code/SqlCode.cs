namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/sql.md.</summary>
internal static class SqlCode
{
    public static async Task Query(DatabricksServingClient serving, string warehouseId)
    {
        // <sql-query>
        SqlStatementClient sql = serving.GetSqlStatementClient(warehouseId);

        await foreach (SqlRow row in sql.QueryAsync(
            "SELECT id, body, created FROM main.src.tickets WHERE created >= :since LIMIT :n",
            [SqlParameter.Create("since", new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)), SqlParameter.Create("n", 100)]))
        {
            Console.WriteLine($"{row.Get<long>("id")} {row.Get<DateTimeOffset>("created"):d} {row["body"]}");
        }
        // </sql-query>
    }
}
