using System.Text.Json;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>Writes the arguments of a tool call as JSON text.</summary>
internal static class ArgumentsToWire
{
    private const string Field = "messages.tool_calls.arguments";

    // The wire format of arguments is a string that contains JSON.
    public static void Write(
        Utf8JsonWriter writer, ChatRequest request, FunctionCallContent call, JsonSerializerOptions serializerOptions)
    {
        if (RawArguments(call) is { } text)
        {
            // The model wrote invalid JSON. Claude endpoints reject such a turn, so the text is wrapped in an object.
            WriteJsonText(writer, new Dictionary<string, object?> { ["invalid_arguments"] = text }, serializerOptions);
        }
        else if (call.Arguments is { Count: > 0 } arguments)
        {
            WriteArguments(writer, request, call.CallId, ToolNames.OnWire(request, call.Name, arguments), serializerOptions);
        }
        else
        {
            writer.WriteString("arguments"u8, "{}"u8);
        }
    }

    // Properties of a history that was stored as JSON are JsonElements.
    private static string? RawArguments(FunctionCallContent call) =>
        call.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.RawArguments, out var raw) is not true ? null :
        raw is JsonElement { ValueKind: JsonValueKind.String } element ? element.GetString() : raw as string;

    // An argument that cannot be serialized, such as one that the app added, becomes an error text: the call was made, and its result
    // follows.
    private static void WriteArguments(
        Utf8JsonWriter writer, ChatRequest request, string callId, IDictionary<string, object?> arguments,
        JsonSerializerOptions serializerOptions)
    {
        try
        {
            WriteJsonText(writer, arguments, serializerOptions);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            request.Note(
                Field, "an argument without a JSON form sent as an error", $"call '{callId}': {exception.Message}", affectsAnswer: true);
            using var buffer = new SegmentedBuffer();
            using (var inner = JsonWriting.CreateWriter(buffer))
            {
                inner.WriteStartObject();
                foreach (var (name, value) in arguments)
                {
                    inner.WritePropertyName(name);
                    JsonValueToWire.WriteOrError(inner, value, serializerOptions);
                }

                inner.WriteEndObject();
            }

            writer.WriteString("arguments"u8, buffer.Contiguous());
        }
    }

    private static void WriteJsonText(
        Utf8JsonWriter writer, IDictionary<string, object?> arguments, JsonSerializerOptions serializerOptions)
    {
        using var buffer = new SegmentedBuffer();
        using (var inner = JsonWriting.CreateWriter(buffer))
        {
            JsonValueToWire.Write(inner, arguments, serializerOptions);
        }

        writer.WriteString("arguments"u8, buffer.Contiguous());
    }
}
