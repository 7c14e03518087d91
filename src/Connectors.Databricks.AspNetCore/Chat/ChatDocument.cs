using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Chat;

/// <summary>A response as one document.</summary>
internal sealed class ChatDocument(ChatResponse response, string? endpoint, ChatContentToJson contents)
{
    public static void Write(Utf8JsonWriter writer, ChatDocument document) => document.Write(writer);

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        ChatContentToJson.WriteText(writer, "id"u8, response.ResponseId);
        ChatContentToJson.WriteText(writer, "endpoint"u8, endpoint);
        writer.WriteString("text"u8, response.Text);
        writer.WriteStartArray("contents"u8);
        foreach (var message in response.Messages)
        {
            foreach (var content in message.Contents)
            {
                Write(writer, content, message.MessageId);
            }
        }

        writer.WriteEndArray();
        writer.WriteString("finishReason"u8, (response.FinishReason ?? ChatFinishReason.Stop).Value);
        if (response.Usage is { } usage)
        {
            writer.WriteStartObject("usage"u8);
            ChatContentToJson.WriteUsage(writer, usage);
            writer.WriteEndObject();
        }

        if (response.GetServicePolicyDenial() is { } denial)
        {
            writer.WriteStartObject("denial"u8);
            ChatContentToJson.WriteDenial(writer, denial);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, AIContent content, string? messageId)
    {
        if (contents.TypeOf(content) is { } type)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, type);
            contents.WriteMembers(writer, content, messageId);
            writer.WriteEndObject();
        }
    }
}
