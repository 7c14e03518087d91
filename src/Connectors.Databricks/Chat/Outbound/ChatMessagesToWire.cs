using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Outbound;

/// <summary>
/// Writes the conversation: one leading system message, then the turns in their order. Contents without a place on this surface throw;
/// empty text is never sent, because Claude endpoints refuse it ([issue databricks-ai-bridge#333]).
/// </summary>
internal sealed class ChatMessagesToWire
{
    private static readonly ChatRole Developer = new("developer");

    private readonly Utf8JsonWriter _writer;
    private readonly ToolResultsToWire _results;
    private readonly AssistantToWire _assistant;
    private int _written;

    private ChatMessagesToWire(Utf8JsonWriter writer, JsonSerializerOptions serializerOptions)
    {
        _writer = writer;
        _results = new ToolResultsToWire(writer, serializerOptions);
        _assistant = new AssistantToWire(writer, serializerOptions, _results.WriteMovedContents);
    }

    public static void Write(
        Utf8JsonWriter writer, IReadOnlyList<ChatMessage> messages, string? instructions, JsonSerializerOptions serializerOptions)
    {
        var mapper = new ChatMessagesToWire(writer, serializerOptions);
        writer.WriteStartArray();
        mapper.WriteSystem(messages, instructions);
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is not { } message)
            {
                throw new ArgumentException($"The message at index {i} is null.", nameof(messages));
            }

            if (!IsSystem(message))
            {
                mapper.WriteTurn(message);
            }
        }

        mapper._results.WriteMovedContents();
        if (mapper._written == 0)
        {
            throw new ArgumentException("There is nothing to send: no message holds any content, and ChatOptions.Instructions is empty.", nameof(messages));
        }

        writer.WriteEndArray();
    }

    // Endpoints accept one system message, in front (serving reference §3.3).
    private void WriteSystem(IReadOnlyList<ChatMessage> messages, string? instructions)
    {
        var texts = new List<string>();
        if (!string.IsNullOrWhiteSpace(instructions))
        {
            texts.Add(instructions);
        }

        foreach (var message in messages)
        {
            if (message is not null && IsSystem(message))
            {
                texts.AddRange(message.Contents.Select(SystemText).Where(text => text.Length > 0));
            }
        }

        if (texts.Count == 0)
        {
            return;
        }

        _writer.WriteStartObject();
        _writer.WriteString("role"u8, "system"u8);
        _writer.WriteString("content"u8, texts.Count == 1 ? texts[0] : string.Join("\n\n", texts));
        _writer.WriteEndObject();
        _written++;
    }

    private static bool IsSystem(ChatMessage message) => message.Role == ChatRole.System || message.Role == Developer;

    private static string SystemText(AIContent content) =>
        content is TextContent text ? text.Text : throw ContentPartToWire.Unsupported(content, "a system message");

    private void WriteTurn(ChatMessage message)
    {
        if (message.Role == ChatRole.Assistant)
        {
            _results.Expect(message);
            _written += _assistant.Write(message) ? 1 : 0;
            _written += _results.Write(message);
            return;
        }

        // All results of one assistant turn stay together and go first: Claude endpoints want them consecutive (serving reference §3.3).
        _written += _results.Write(message);
        var parts = message.Contents.Where(content => content is not FunctionResultContent && !IsNothing(content)).ToList();
        if (parts.Count == 0)
        {
            return;
        }

        if (message.Role == ChatRole.Tool)
        {
            throw ContentPartToWire.Unsupported(parts[0], "a tool message, which holds FunctionResultContent alone,");
        }

        _results.WriteMovedContents();
        WriteParts(message.Role, parts);
        _written++;
    }

    /// <summary>
    /// What says nothing to a model: empty text, counts, and approvals that were acted on, which function-invoking clients leave in the
    /// history beside the call and its result. An approval that nobody has acted on is refused instead.
    /// </summary>
    internal static bool IsNothing(AIContent content) => content is
        TextContent { Text.Length: 0 } or UsageContent or
        ToolApprovalRequestContent { ToolCall: FunctionCallContent { InformationalOnly: true } } or
        ToolApprovalResponseContent { ToolCall: FunctionCallContent { InformationalOnly: true } };

    private void WriteParts(ChatRole role, List<AIContent> parts)
    {
        _writer.WriteStartObject();

        // Roles are equal whatever their case; the service knows them in lower case.
        _writer.WriteString("role"u8, role == ChatRole.User ? ChatRole.User.Value : role.Value);
        if (parts is [TextContent only])
        {
            // A string, because agents and older models accept nothing else.
            _writer.WriteString("content"u8, only.Text);
        }
        else
        {
            _writer.WriteStartArray("content"u8);
            foreach (var part in parts)
            {
                ContentPartToWire.Write(_writer, part, $"a {role.Value} message");
            }

            _writer.WriteEndArray();
        }

        _writer.WriteEndObject();
    }
}
