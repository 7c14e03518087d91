using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>Writes a tool call: id, name, arguments as JSON text, and the members that the service added.</summary>
internal static class ToolCallToWire
{
    public static void Write(Utf8JsonWriter writer, ChatRequest request, FunctionCallContent call, JsonSerializerOptions serializerOptions)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, call.CallId);
        writer.WriteString("type"u8, "function"u8);
        writer.WriteStartObject("function"u8);
        writer.WriteString("name"u8, ToolNames.OnWire(request, call.Name));
        ArgumentsToWire.Write(writer, request, call, serializerOptions);
        writer.WriteEndObject();
        WriteExtras(writer, call);
        writer.WriteEndObject();
    }

    private static void WriteExtras(Utf8JsonWriter writer, FunctionCallContent call)
    {
        if (call.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.ToolCallExtras, out var extras) is not true)
        {
            return;
        }

        var members = extras switch
        {
            JsonElement { ValueKind: JsonValueKind.Object } element =>
                element.EnumerateObject().Select(member => (member.Name, (object?)member.Value)),
            JsonObject node => node.Select(member => (member.Key, (object?)member.Value)),
            _ => [],
        };
        foreach (var (name, value) in members)
        {
            if (name is not ("id" or "type" or "function"))
            {
                writer.WritePropertyName(name);
                JsonValueToWire.Write(writer, value, AIJsonUtilities.DefaultOptions);
            }
        }
    }
}
