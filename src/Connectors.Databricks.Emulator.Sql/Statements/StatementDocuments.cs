using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Sql.Engine;

namespace Connectors.Databricks.Emulator.Sql.Statements;

/// <summary>Writes the documents of the Statement Execution API (serving reference §13.2).</summary>
internal sealed class StatementDocuments(int rowsPerChunk, Func<StatementRun, int, JsonObject> link)
{
    public JsonObject Describe(StatementRun run, string state)
    {
        var status = new JsonObject { ["state"] = state };
        if (state == "FAILED" && run.Error is { } error)
        {
            status["error"] = new JsonObject { ["error_code"] = error.ErrorCode, ["message"] = error.Message };
            if (error.SqlState is { } sqlState)
            {
                status["sql_state"] = sqlState;
            }
        }

        var document = new JsonObject { ["statement_id"] = run.Id, ["status"] = status };
        if (state == "SUCCEEDED")
        {
            document["manifest"] = Manifest(run.Result);
            document["result"] = Chunk(run, 0);
        }

        return document;
    }

    public int ChunkCount(ResultTable table) => (table.Rows.Count + rowsPerChunk - 1) / rowsPerChunk;

    /// <summary>A chunk with its rows, or with a link to them; an empty result has an empty first chunk.</summary>
    public JsonObject Chunk(StatementRun run, int index)
    {
        var chunk = Position(run.Result, index);
        if (run.Request.UsesLinks)
        {
            var next = link(run, index);
            foreach (var (name, value) in chunk)
            {
                next[name] = value?.DeepClone();
            }

            return ChunkCount(run.Result) == 0 ? [] : new JsonObject { ["external_links"] = new JsonArray(next) };
        }

        var rows = new JsonArray();
        foreach (var row in RowsOf(run.Result, index))
        {
            rows.Add(new JsonArray([.. row.Select(cell => cell is null ? null : JsonValue.Create(cell))]));
        }

        chunk["data_array"] = rows;
        if (chunk.ContainsKey("next_chunk_index"))
        {
            chunk["next_chunk_internal_link"] =
                $"/api/2.0/sql/statements/{run.Id}/result/chunks/{index + 1}?row_offset={(index + 1) * rowsPerChunk}";
        }

        return chunk;
    }

    public IEnumerable<string?[]> RowsOf(ResultTable table, int index) => table.Rows.Skip(index * rowsPerChunk).Take(rowsPerChunk);

    private JsonObject Position(ResultTable table, int index)
    {
        var rows = RowsOf(table, index).ToList();
        var position = new JsonObject
        {
            ["chunk_index"] = index,
            ["row_offset"] = index * rowsPerChunk,
            ["row_count"] = rows.Count,
            ["byte_count"] = rows.Sum(row => row.Sum(cell => Encoding.UTF8.GetByteCount(cell ?? ""))),
        };
        if (index + 1 < ChunkCount(table))
        {
            position["next_chunk_index"] = index + 1;
        }

        return position;
    }

    private JsonObject Manifest(ResultTable table) => new()
    {
        ["format"] = "JSON_ARRAY",
        ["schema"] = new JsonObject
        {
            ["column_count"] = table.Columns.Count,
            ["columns"] = new JsonArray([.. table.Columns.Select((column, position) => new JsonObject
            {
                ["name"] = column.Name,
                ["type_text"] = column.Type,
                ["type_name"] = column.Type.Split('(', '<')[0],
                ["position"] = position,
            })]),
        },
        ["total_chunk_count"] = ChunkCount(table),
        ["total_row_count"] = table.Rows.Count,
        ["total_byte_count"] = table.Rows.Sum(row => row.Sum(cell => (long)Encoding.UTF8.GetByteCount(cell ?? ""))),
        ["truncated"] = table.IsTruncated,
        ["chunks"] = new JsonArray([.. Enumerable.Range(0, ChunkCount(table)).Select(index => Position(table, index))]),
    };
}
