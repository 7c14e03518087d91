using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>Writes the conversation as input items. Items that the same model created are sent back unchanged, and in order.</summary>
internal sealed class InputToWire
{
    private readonly Utf8JsonWriter _writer;
    private readonly ResultText _results;
    private readonly AssistantItems _assistant;
    private readonly TurnEntries _turn;
    private int _written;

    private InputToWire(Utf8JsonWriter writer, ChatRequest request, JsonSerializerOptions serializerOptions)
    {
        _writer = writer;
        _results = new ResultText(writer, request, serializerOptions);
        _assistant = new AssistantItems(writer, request, serializerOptions);
        _turn = new TurnEntries(request);
    }

    public static void Write(
        Utf8JsonWriter writer, ChatRequest request, IReadOnlyList<ChatMessage> messages, JsonSerializerOptions serializerOptions)
    {
        var mapper = new InputToWire(writer, request, serializerOptions);

        // The API requires input, so system messages alone are sent as items.
        var hasSystemItems = request.MayBeAgent || ConversationFacts.HasOnlySystem(messages);
        writer.WriteStartArray();
        if (request.MayBeAgent && InstructionsToWire.BeforeMessages(request) is { } instructions)
        {
            mapper.WriteMessage(ChatRole.System, instructions);
        }

        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is not { } message)
            {
                throw OptionExceptions.Invalid($"The message at index {i} is null.", nameof(messages));
            }

            if (!ConversationFacts.IsSystem(message))
            {
                mapper.WriteTurn(message);
            }
            else if (hasSystemItems && InstructionsToWire.TextOf(message) is { } text)
            {
                mapper.EndTurn();
                mapper.WriteMessage(message.Role, text);
            }
        }

        mapper.EndTurn();
        if (mapper._written == 0)
        {
            throw OptionExceptions.Invalid("There is nothing to send: no message has content.", nameof(messages));
        }

        writer.WriteEndArray();
    }

    private void WriteTurn(ChatMessage message)
    {
        if (message.Role == ChatRole.Assistant)
        {
            _turn.Add(message.Contents);
            return;
        }

        _turn.AddResults(message.Contents);
        List<AIContent>? parts = null;
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is ToolApprovalResponseContent { ToolCall: McpServerToolCallContent } approval)
            {
                EndTurn();
                if (_assistant.HasRequest(approval))
                {
                    WriteApproval(approval);
                }
            }
            else if (message.Contents[i] is not FunctionResultContent && !ContentRules.IsSkipped(message.Contents[i]))
            {
                (parts ??= []).Add(message.Contents[i]);
            }
        }

        if (parts is null)
        {
            return;
        }

        if (message.Role == ChatRole.Tool)
        {
            throw ContentRules.Unsupported(parts[0], "a tool message, which holds FunctionResultContent alone,");
        }

        EndTurn();
        WriteMessage(message.Role, parts);
    }

    /// <summary>Writes the messages since the last one of the user, whose items may be spread over them.</summary>
    private void EndTurn()
    {
        foreach (var entry in _turn.Take())
        {
            if (entry.Contents is [FunctionResultContent result])
            {
                WriteResult(entry, result);
                continue;
            }

            WriteMoved();
            _written += _assistant.Write(entry) ? 1 : 0;
        }

        WriteMoved();
    }

    private void WriteResult(TurnEntry entry, FunctionResultContent result)
    {
        if (!_assistant.TryReplay(entry))
        {
            _writer.WriteStartObject();
            _writer.WriteString("type"u8, "function_call_output"u8);
            _writer.WriteString("call_id"u8, result.CallId);
            _writer.WritePropertyName("output"u8);
            _results.Write(result);
            _writer.WriteEndObject();
        }

        _written++;
    }

    private void WriteMessage(ChatRole role, List<AIContent> parts)
    {
        if (parts is [TextContent only])
        {
            WriteMessage(role, only.Text);
            return;
        }

        BeginMessage(role);
        _writer.WriteStartArray("content"u8);
        foreach (var part in parts)
        {
            InputPartToWire.Write(_writer, part, $"a {role.Value} message");
        }

        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _written++;
    }

    private void WriteMessage(ChatRole role, string text)
    {
        BeginMessage(role);
        _writer.WriteString("content"u8, text);
        _writer.WriteEndObject();
        _written++;
    }

    // Role comparison ignores case; the service requires lower case.
    private void BeginMessage(ChatRole role)
    {
        _writer.WriteStartObject();
        _writer.WriteString("type"u8, "message"u8);
        _writer.WriteString("role"u8, role == ChatRole.User ? "user" : role == ChatRole.System ? "system" : role.Value);
    }

    private void WriteApproval(ToolApprovalResponseContent approval)
    {
        _writer.WriteStartObject();
        _writer.WriteString("type"u8, "mcp_approval_response"u8);
        _writer.WriteString("approval_request_id"u8, approval.RequestId);
        _writer.WriteBoolean("approve"u8, approval.Approved);
        if (approval.Reason is { Length: > 0 } reason)
        {
            _writer.WriteString("reason"u8, reason);
        }

        _writer.WriteEndObject();
        _written++;
    }

    // An output is a string, so images that a tool returned follow in a user message.
    private void WriteMoved()
    {
        if (!_results.HasMoved)
        {
            return;
        }

        _writer.WriteStartObject();
        _writer.WriteString("type"u8, "message"u8);
        _writer.WriteString("role"u8, "user"u8);
        _writer.WriteStartArray("content"u8);
        string? callId = null;
        foreach (var (id, content) in _results.TakeMoved())
        {
            if (id != callId)
            {
                InputPartToWire.WriteText(_writer, $"Returned by tool call {id}:");
                callId = id;
            }

            InputPartToWire.Write(_writer, content, "a function result");
        }

        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _written++;
    }
}
