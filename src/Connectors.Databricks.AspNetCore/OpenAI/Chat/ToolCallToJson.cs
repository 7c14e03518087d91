using System.Text.Json;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.OpenAI.Replies;
using Connectors.Databricks.AspNetCore.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Chat;

/// <summary>Writes a tool call of a chat completion or of a chunk.</summary>
internal static class ToolCallToJson
{
    /// <param name="writer">The writer.</param>
    /// <param name="call">The call.</param>
    /// <param name="index">The index in a stream; null in a document.</param>
    public static void Write(Utf8JsonWriter writer, FunctionCallContent call, int? index)
    {
        writer.WriteStartObject();
        if (index is { } position)
        {
            writer.WriteNumber("index"u8, position);
        }

        writer.WriteString("id"u8, call.CallId);
        writer.WriteString("type"u8, "function"u8);
        writer.WriteStartObject("function"u8);
        writer.WriteString("name"u8, call.Name);
        writer.WriteString("arguments"u8, ToolArguments.Of(call));
        writer.WriteEndObject();
        if (ToolArguments.Extra(call, ToolCallFromJson.ExtraContent) is { } extra)
        {
            writer.WritePropertyName(ToolCallFromJson.ExtraContent);
            extra.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
