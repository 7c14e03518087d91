using System.Globalization;
using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Sql.Statements;

/// <summary>Writes the request that runs a statement.</summary>
internal static class StatementToWire
{
    public static RequestBody Write(
        string warehouseId, string statement, IReadOnlyList<SqlParameter> parameters, SqlStatementOptions options)
    {
        var buffer = new SegmentedBuffer();
        using var writer = JsonWriting.CreateWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("warehouse_id", warehouseId);
        writer.WriteString("statement", statement);
        writer.WriteString(
            "wait_timeout", string.Create(CultureInfo.InvariantCulture, $"{(int)options.WaitTimeout.TotalSeconds}s"));
        writer.WriteString("on_wait_timeout", "CONTINUE");
        writer.WriteString("disposition", options.UseExternalLinks ? "EXTERNAL_LINKS" : "INLINE");
        writer.WriteString("format", "JSON_ARRAY");
        WriteIfSet(writer, "catalog", options.Catalog);
        WriteIfSet(writer, "schema", options.Schema);
        if (options.RowLimit is { } limit)
        {
            writer.WriteNumber("row_limit", limit);
        }

        WriteParameters(writer, parameters);
        WriteTags(writer, options.QueryTags);
        writer.WriteEndObject();
        writer.Flush();
        return new RequestBody(buffer);
    }

    private static void WriteIfSet(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteParameters(Utf8JsonWriter writer, IReadOnlyList<SqlParameter> parameters)
    {
        if (parameters.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("parameters");
        foreach (var parameter in parameters)
        {
            writer.WriteStartObject();
            writer.WriteString("name", parameter.Name);

            // A parameter without a value is NULL.
            WriteIfSet(writer, "value", parameter.Value);
            writer.WriteString("type", parameter.Type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTags(Utf8JsonWriter writer, IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is not { Count: > 0 })
        {
            return;
        }

        writer.WriteStartArray("query_tags");
        foreach (var (key, value) in tags)
        {
            writer.WriteStartObject();
            writer.WriteString("key", key);
            writer.WriteString("value", value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
