using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>
/// Writes the conversation: one leading system message, then the turns in order. Unsupported contents throw;
/// empty text is never sent, because Claude endpoints reject it ([issue databricks-ai-bridge#333]).
/// </summary>
internal sealed class ChatMessagesToWire
{
    private readonly Utf8JsonWriter _writer;
    private readonly ChatRequest _request;
    private readonly ToolResultsToWire _results;
    private readonly JsonSerializerOptions _serializerOptions;
    private AssistantToWire? _assistant;
    private int _written;

    private ChatMessagesToWire(Utf8JsonWriter writer, ChatRequest request, JsonSerializerOptions serializerOptions)
    {
        _writer = writer;
        _request = request;
        _results = new ToolResultsToWire(writer, request, serializerOptions);
        _serializerOptions = serializerOptions;
    }

    public static void Write(
        Utf8JsonWriter writer, ChatRequest request, IReadOnlyList<ChatMessage> messages, JsonSerializerOptions serializerOptions)
    {
        var mapper = new ChatMessagesToWire(writer, request, serializerOptions);
        var firstMarkedTurn = CacheControl.FirstMarkedTurn(request, messages);
        writer.WriteStartArray();
        mapper.WriteSystem(messages, request.Options?.Instructions);
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is not { } message)
            {
                throw OptionExceptions.Invalid($"The message at index {i} is null.", nameof(messages));
            }

            if (!ConversationFacts.IsSystem(message))
            {
                mapper.WriteTurn(message, isMarked: i >= firstMarkedTurn);
            }
        }

        mapper._results.WriteMovedContents();
        if (mapper._written == 0)
        {
            throw OptionExceptions.Invalid(
                "There is nothing to send: no message has content, and ChatOptions.Instructions is empty.", nameof(messages));
        }

        writer.WriteEndArray();
    }

    // Endpoints accept one system message, at the beginning (serving reference §3.3).
    private void WriteSystem(IReadOnlyList<ChatMessage> messages, string? instructions)
    {
        List<string>? texts = null;
        var cacheControl = CacheControl.Of(_request, null, isAutomatic: _request.CachesByItself);
        if (!string.IsNullOrWhiteSpace(instructions))
        {
            (texts ??= []).Add(instructions);
        }

        var isBehind = false;
        var isMoved = false;
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is not { } message || !ConversationFacts.IsSystem(message))
            {
                isBehind = true;
            }
            else
            {
                isMoved |= isBehind;
                (texts ??= []).AddRange(message.Contents.Select(SystemText).Where(text => text.Length > 0));
                cacheControl = cacheControl.IsSet ? cacheControl : Marked(message);
            }
        }

        if (isMoved)
        {
            _request.Note("messages.system", "moved to the front", "there is one system message, and it comes first");
        }

        var addsJsonWord = _request.AddsJsonWord;
        if (addsJsonWord)
        {
            _request.Note("messages.system", "the word JSON added", "the model requires it for json_object");
        }

        if (_request.AsksForJsonInWords || addsJsonWord)
        {
            (texts ??= []).Add(ChatRequest.JsonInWords);
        }

        if (texts is not { Count: > 0 })
        {
            return;
        }

        _writer.WriteStartObject();
        _writer.WriteString("role"u8, "system"u8);
        var whole = texts.Count == 1 ? texts[0] : string.Join("\n\n", texts);
        if (cacheControl.IsSet)
        {
            _writer.WriteStartArray("content"u8);
            ContentPartToWire.WriteText(_writer, whole, cacheControl);
            _writer.WriteEndArray();
        }
        else
        {
            _writer.WriteString("content"u8, whole);
        }

        _writer.WriteEndObject();
        _written++;
    }

    // Cache control on any part of the system message applies to all of it.
    private CacheControl Marked(ChatMessage message)
    {
        var cacheControl = CacheControl.Of(_request, message.AdditionalProperties);
        for (var i = 0; i < message.Contents.Count && !cacheControl.IsSet; i++)
        {
            cacheControl = CacheControl.Of(_request, message.Contents[i]?.AdditionalProperties);
        }

        return cacheControl;
    }

    private static string SystemText(AIContent content) =>
        content is TextContent text ? text.Text : throw ContentRules.Unsupported(content, "a system message");

    private void WriteTurn(ChatMessage message, bool isMarked)
    {
        if (message.Role == ChatRole.Assistant)
        {
            _results.Expect(message);
            _assistant ??= new AssistantToWire(_writer, _request, _serializerOptions, _results);
            _written += _assistant.Write(message) ? 1 : 0;
            _written += _results.Write(message);
            return;
        }

        // All results of one assistant turn come first and together: Claude endpoints require them to be consecutive (serving reference
        // §3.3).
        _written += _results.Write(message);
        var parts = Parts(message.Contents);
        if (parts.Count == 0)
        {
            return;
        }

        if (message.Role == ChatRole.Tool)
        {
            throw ContentRules.Unsupported(parts[0], "a tool message, which holds FunctionResultContent alone,");
        }

        var hasMoved = message.Role == ChatRole.User && _results.HasMovedContents;
        if (!hasMoved)
        {
            _results.WriteMovedContents();
        }

        var isAutomatic = isMarked && message.Role == ChatRole.User;
        WriteParts(message.Role, parts, hasMoved, CacheControl.Of(_request, message.AdditionalProperties, isAutomatic));
        _written++;
    }

    // Most messages have only contents that are sent; those are not copied.
    private static IList<AIContent> Parts(IList<AIContent> contents)
    {
        for (var i = 0; i < contents.Count; i++)
        {
            if (!IsSaid(contents[i]))
            {
                return [.. contents.Where(IsSaid)];
            }
        }

        return contents;
    }

    private static bool IsSaid(AIContent content) => content is not FunctionResultContent && !ContentRules.IsSkipped(content);

    /// <param name="role">The role of the message.</param>
    /// <param name="parts">The contents.</param>
    /// <param name="hasMoved">
    /// Whether media of tool results come first: in a message of their own, two of the user would follow each other.
    /// </param>
    /// <param name="atEnd">The cache control of the message.</param>
    private void WriteParts(ChatRole role, IList<AIContent> parts, bool hasMoved, CacheControl atEnd)
    {
        _writer.WriteStartObject();

        // Role comparison ignores case; the service requires lower case.
        if (role == ChatRole.User)
        {
            _writer.WriteString(ChatFields.Role, ChatFields.User);
        }
        else
        {
            _writer.WriteString(ChatFields.Role, role.Value);
        }

        if (!hasMoved && parts is [TextContent only] && !atEnd.IsSet && !CacheControl.Of(_request, only.AdditionalProperties).IsSet)
        {
            // A string, because agents and older models do not support parts.
            _writer.WriteString(ChatFields.Content, only.Text);
        }
        else
        {
            _writer.WriteStartArray("content"u8);
            if (hasMoved)
            {
                _results.WriteMovedParts();
            }

            for (var i = 0; i < parts.Count; i++)
            {
                var own = CacheControl.Of(_request, parts[i]?.AdditionalProperties);
                ContentPartToWire.Write(_writer, parts[i], $"a {role.Value} message", own.IsSet || i < parts.Count - 1 ? own : atEnd);
            }

            _writer.WriteEndArray();
        }

        _writer.WriteEndObject();
    }
}
