using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.OpenAI.Requests;
using Connectors.Databricks.AspNetCore.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Chat;

/// <summary>Reads the messages of a chat-completions request.</summary>
internal static class ChatMessagesFromJson
{
    public static List<ChatMessage> Read(RequestValue messages, string endpoint, RequestLimits limits)
    {
        List<ChatMessage> list = [.. messages.Items(limits.MaxMessages).Select(message => Message(message.AsObject(), endpoint))];
        return list.Count > 0 ? list : throw InvalidRequests.Invalid("Invalid 'messages': empty array.", "messages", "empty_array");
    }

    private static ChatMessage Message(RequestValue message, string endpoint)
    {
        var role = message.RequireText("role");
        return role switch
        {
            "system" or "developer" => new ChatMessage(ChatRole.System, Texts(message.Require("content"))),
            "user" => new ChatMessage(ChatRole.User, Contents(message.Require("content"))) { AuthorName = message.Text("name") },
            "assistant" => new ChatMessage(ChatRole.Assistant, AssistantContents(message, endpoint)),
            "tool" => new ChatMessage(
                ChatRole.Tool, [new FunctionResultContent(message.RequireText("tool_call_id"), ToolResult(message.Require("content")))]),
            _ => throw message.Require("role").NotSupported(),
        };
    }

    private static List<AIContent> Texts(RequestValue content) =>
        content.IsText ? [new TextContent(content.AsText())] : [.. content.Items(RequestLimits.MaxParts).Select(TextPart)];

    private static TextContent TextPart(RequestValue part) =>
        part.AsObject().RequireText("type") == "text"
            ? new TextContent(part.Require("text").AsText())
            : throw part.Require("type").NotSupported();

    private static string ToolResult(RequestValue content) =>
        content.IsText ? content.AsText() : string.Concat(content.Items(RequestLimits.MaxParts).Select(part => TextPart(part).Text));

    private static List<AIContent> Contents(RequestValue content) =>
        content.IsText ? [new TextContent(content.AsText())] : [.. content.Items(RequestLimits.MaxParts).Select(Part)];

    private static AIContent Part(RequestValue part)
    {
        switch (part.AsObject().RequireText("type"))
        {
            case "text":
                return TextPart(part);
            case "image_url":
                var image = part.Require("image_url").AsObject();
                return MediaFromJson.Image(image.Require("url"), image.Text("detail"));
            case "input_audio":
                return MediaFromJson.Audio(part.Require("input_audio"));
            case "file":
                return MediaFromJson.File(part.Require("file"));
            default:
                throw part.Require("type").NotSupported();
        }
    }

    private static List<AIContent> AssistantContents(RequestValue message, string endpoint)
    {
        List<AIContent> contents = [];
        ReasoningDetails.Read(message, contents);
        if (message.Find("content") is { } content)
        {
            AddAssistantText(content, contents);
        }

        AddRefusal(message.Text("refusal"), contents);
        if (message.Find("tool_calls") is { } calls)
        {
            contents.AddRange(calls.Items(RequestLimits.MaxParts).Select(call => ToolCallFromJson.Read(
                call.AsObject().RequireText("id"), call.Require("function").AsObject(), call, endpoint)));
        }

        if (contents.Count == 0)
        {
            throw InvalidRequests.Invalid($"Invalid '{message.Path}': an assistant message needs 'content' or 'tool_calls'.", message.Path);
        }

        return contents;
    }

    private static void AddAssistantText(RequestValue content, List<AIContent> contents)
    {
        if (content.IsText)
        {
            contents.Add(new TextContent(content.AsText()));
            return;
        }

        foreach (var part in content.Items(RequestLimits.MaxParts))
        {
            if (part.AsObject().RequireText("type") == "refusal")
            {
                AddRefusal(part.RequireText("refusal"), contents);
            }
            else
            {
                contents.Add(TextPart(part));
            }
        }
    }

    private static void AddRefusal(string? refusal, List<AIContent> contents)
    {
        if (!string.IsNullOrEmpty(refusal))
        {
            contents.Add(new ErrorContent(refusal) { ErrorCode = "Refusal" });
        }
    }
}
