using System.Text.Json;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.OpenAI.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Chat;

/// <summary>
/// The member <c>reasoning_details</c>: reasoning with its protected data, so that a client that sends the message back
/// unchanged sends back what the model requires. <c>reasoning_content</c> has the text alone.
/// </summary>
internal static class ReasoningDetails
{
    public const string Name = "reasoning_details";

    private const string TextType = "reasoning.text";

    public static void Read(RequestValue message, List<AIContent> contents)
    {
        if (message.Find(Name) is not { } details)
        {
            return;
        }

        foreach (var detail in details.Items(RequestLimits.MaxParts))
        {
            if (detail.AsObject().Text("type") == TextType && detail.Text("signature") is { } data)
            {
                contents.Add(new TextReasoningContent(detail.Text("text")) { ProtectedData = data });
            }
        }
    }

    public static void WriteItem(Utf8JsonWriter writer, string text, string? protectedData)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, TextType);
        writer.WriteString("text"u8, text);
        if (protectedData is not null)
        {
            writer.WriteString("signature"u8, protectedData);
        }

        writer.WriteEndObject();
    }
}
