using System.Buffers;
using System.Text;
using System.Text.Json;
using Connectors.Databricks.AspNetCore.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Json;

/// <summary>Writes the arguments of a tool call as the text that OpenAI clients parse.</summary>
internal static class ToolArguments
{
    public static string Of(FunctionCallContent call)
    {
        if (call.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.RawArguments, out var raw) is true && raw is string text)
        {
            // The model's own text, which is not valid JSON: the client decides.
            return text;
        }

        if (call.Arguments is not { Count: > 0 } arguments)
        {
            return "{}";
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonReply.WriterOptions))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in arguments)
            {
                writer.WritePropertyName(name);
                WriteValue(writer, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes an argument, or the result of a tool.</summary>
    public static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            default:
                JsonSerializer.Serialize(writer, value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType()));
                break;
        }
    }

    /// <summary>Returns the extra content of the call, such as Gemini's thought signature; null when there is none.</summary>
    public static JsonElement? Extra(FunctionCallContent call, string name) =>
        call.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.ToolCallExtras, out var extras) is true &&
        extras is JsonElement { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var extra)
            ? extra
            : null;
}
