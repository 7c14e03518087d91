using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Batch.Responses;

/// <summary>Writes a response of plain text messages as the contract of Microsoft.Extensions.AI does.</summary>
internal static class PlainTextResponse
{
    private static readonly JsonEncodedText Messages = JsonEncodedText.Encode("messages");
    private static readonly JsonEncodedText AuthorName = JsonEncodedText.Encode("authorName");
    private static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("createdAt");
    private static readonly JsonEncodedText Role = JsonEncodedText.Encode("role");
    private static readonly JsonEncodedText Contents = JsonEncodedText.Encode("contents");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("$type");
    private static readonly JsonEncodedText Text = JsonEncodedText.Encode("text");
    private static readonly JsonEncodedText MessageId = JsonEncodedText.Encode("messageId");
    private static readonly JsonEncodedText ResponseId = JsonEncodedText.Encode("responseId");
    private static readonly JsonEncodedText ConversationId = JsonEncodedText.Encode("conversationId");
    private static readonly JsonEncodedText ModelId = JsonEncodedText.Encode("modelId");
    private static readonly JsonEncodedText FinishReason = JsonEncodedText.Encode("finishReason");
    private static readonly JsonEncodedText Usage = JsonEncodedText.Encode("usage");
    private static readonly JsonEncodedText AdditionalProperties = JsonEncodedText.Encode("additionalProperties");

    /// <returns>Whether the response was plain text; otherwise nothing was written.</returns>
    public static bool TryWrite(Utf8JsonWriter writer, ChatResponse response)
    {
        if (response.GetType() != typeof(ChatResponse) || HasContinuation(response)
            || !SavedProperties.CanWrite(response.AdditionalProperties) || !ArePlain(response.Messages))
        {
            return false;
        }

        writer.WriteStartObject();
        writer.WriteStartArray(Messages);
        for (var i = 0; i < response.Messages.Count; i++)
        {
            Write(writer, response.Messages[i]);
        }

        writer.WriteEndArray();
        WriteText(writer, ResponseId, response.ResponseId);
        WriteText(writer, ConversationId, response.ConversationId);
        WriteText(writer, ModelId, response.ModelId);
        WriteTime(writer, response.CreatedAt);
        WriteText(writer, FinishReason, response.FinishReason?.Value);
        if (response.Usage is { } usage)
        {
            writer.WritePropertyName(Usage);
            SavedUsage.Write(writer, usage);
        }

        SavedProperties.Write(writer, AdditionalProperties, response.AdditionalProperties);
        writer.WriteEndObject();
        return true;
    }

    // Indexes, because the enumerator of an interface is an allocation.
    private static bool ArePlain(IList<ChatMessage> messages)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.GetType() != typeof(ChatMessage) || message.Role.Value is null
                || !SavedProperties.CanWrite(message.AdditionalProperties) || !ArePlain(message.Contents))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ArePlain(IList<AIContent> contents)
    {
        for (var i = 0; i < contents.Count; i++)
        {
            if (contents[i].GetType() != typeof(TextContent) || contents[i] is not { Annotations: null, AdditionalProperties: null })
            {
                return false;
            }
        }

        return true;
    }

    private static void Write(Utf8JsonWriter writer, ChatMessage message)
    {
        writer.WriteStartObject();
        WriteText(writer, AuthorName, message.AuthorName);
        WriteTime(writer, message.CreatedAt);
        writer.WriteString(Role, message.Role.Value);
        writer.WriteStartArray(Contents);
        for (var i = 0; i < message.Contents.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString(Type, Text);
            writer.WriteString(Text, ((TextContent)message.Contents[i]).Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteText(writer, MessageId, message.MessageId);
        SavedProperties.Write(writer, AdditionalProperties, message.AdditionalProperties);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, JsonEncodedText name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteTime(Utf8JsonWriter writer, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            writer.WriteString(CreatedAt, time);
        }
    }

#pragma warning disable MEAI001 // A response with a continuation is not written by hand; the property is experimental.
    private static bool HasContinuation(ChatResponse response) => response.ContinuationToken is not null;
#pragma warning restore MEAI001
}
