using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Sql.AiQuery;

/// <summary>Writes the argument responseFormat of <c>ai_query</c>: the JSON of the member of a chat request.</summary>
internal static class ResponseFormatToSql
{
    /// <returns>The JSON; null for text.</returns>
    public static string? Write(ChatResponseFormat? format)
    {
        if (format is not ChatResponseFormatJson json)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", json.Schema is null ? "json_object" : "json_schema");
            if (json.Schema is { } schema)
            {
                writer.WriteStartObject("json_schema");
                writer.WriteString("name", json.SchemaName ?? "response");
                writer.WritePropertyName("schema");
                schema.WriteTo(writer);
                writer.WriteBoolean("strict", true);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
