using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Sql;

/// <summary>Documents of the Statement Execution API, and clients that meet them.</summary>
internal static class Warehouse
{
    public const string Id = "abc123";

    public const string StatementId = "01ef-1";

    public const string Pending = """{"statement_id":"01ef-1","status":{"state":"PENDING"}}""";

    public const string Running = """{"statement_id":"01ef-1","status":{"state":"RUNNING"}}""";

    /// <summary>Two rows of two columns, in one chunk.</summary>
    public const string Succeeded =
        """
        {"statement_id":"01ef-1","status":{"state":"SUCCEEDED"},
         "manifest":{"format":"JSON_ARRAY","schema":{"column_count":2,"columns":[
           {"name":"id","type_name":"INT","type_text":"INT","position":0},
           {"name":"name","type_name":"STRING","type_text":"STRING","position":1}]},
           "total_row_count":2,"total_chunk_count":1,"truncated":false,"chunks":[{"chunk_index":0,"row_offset":0,"row_count":2}]},
         "result":{"chunk_index":0,"row_offset":0,"row_count":2,"data_array":[["1","a"],["2",null]]}}
        """;

    public static SqlStatementClient Sql(
        this VerbatimService service, SqlStatementOptions? options = null, Action<DatabricksServingOptions>? configure = null) =>
        service.Client(configure).GetSqlStatementClient(Id, options);

    public static async Task<List<string>> Texts(this IAsyncEnumerable<SqlRow> rows)
    {
        var texts = new List<string>();
        await foreach (var row in rows)
        {
            texts.Add(string.Join('|', Enumerable.Range(0, row.Columns.Count).Select(ordinal => row[ordinal] ?? "NULL")));
        }

        return texts;
    }

    public static Task<DatabricksServingException> Fails(Func<Task> call) => Assert.ThrowsAsync<DatabricksServingException>(call);
}
