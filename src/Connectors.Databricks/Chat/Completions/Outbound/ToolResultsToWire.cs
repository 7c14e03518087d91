using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>
/// Writes each function result as a tool message. Its content is a string, so images that a tool returned follow in a user message, after
/// the last result of the turn (serving reference §3.3).
/// </summary>
internal sealed class ToolResultsToWire(Utf8JsonWriter writer, ChatRequest request, JsonSerializerOptions serializerOptions)
{
    private readonly ResultText _text = new(writer, request, serializerOptions);
    private Dictionary<string, string>? _agentCalls;

    /// <summary>
    /// Records the function names of agent calls: MLflow's ChatAgent rejects a tool message without one (serving reference §8.2).
    /// </summary>
    public void Expect(ChatMessage message)
    {
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is FunctionCallContent { AdditionalProperties: { } properties } call &&
                properties.TryGetValue(DatabricksPropertyNames.AgentCall, out var mark) &&
                mark is true or JsonElement { ValueKind: JsonValueKind.True })
            {
                (_agentCalls ??= new(StringComparer.Ordinal))[call.CallId] = call.Name;
            }
        }
    }

    /// <returns>The number of messages that were written.</returns>
    public int Write(ChatMessage message)
    {
        var count = 0;
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is FunctionResultContent result)
            {
                WriteResult(result);
                count++;
            }
        }

        return count;
    }

    private void WriteResult(FunctionResultContent result)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, "tool"u8);
        writer.WriteString("tool_call_id"u8, result.CallId);
        if (_agentCalls is not null && _agentCalls.TryGetValue(result.CallId, out var name))
        {
            // Omitted otherwise: some endpoints reject the member.
            writer.WriteString("name"u8, name);
        }

        writer.WritePropertyName("content"u8);
        _text.Write(result);
        writer.WriteEndObject();
    }

    public bool HasMovedContents => _text.HasMoved;

    /// <summary>Writes media that tools returned, after the consecutive results.</summary>
    public void WriteMovedContents()
    {
        if (!HasMovedContents)
        {
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("role"u8, "user"u8);
        writer.WriteStartArray("content"u8);
        WriteMovedParts();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes the parts into the content of a user message.</summary>
    public void WriteMovedParts()
    {
        string? callId = null;
        foreach (var (id, content) in _text.TakeMoved())
        {
            if (id != callId)
            {
                ContentPartToWire.WriteText(writer, $"Returned by tool call {id}:");
                callId = id;
            }

            ContentPartToWire.Write(writer, content, "a function result");
        }
    }
}
