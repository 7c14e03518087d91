using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.OpenAI.Requests;
using Connectors.Databricks.AspNetCore.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Responses;

/// <summary>Reads the input items: consecutive items of the assistant (reasoning, text, calls) become one message.</summary>
internal static class InputItemsFromJson
{
    public static List<ChatMessage> Read(RequestValue input, string endpoint, RequestLimits limits)
    {
        List<ChatMessage> messages = [];
        if (input.IsText)
        {
            messages.Add(new ChatMessage(ChatRole.User, input.AsText()));
            return messages;
        }

        foreach (var item in input.Items(limits.MaxMessages))
        {
            Add(item.AsObject(), endpoint, messages);
        }

        return messages.Count > 0 ? messages : throw InvalidRequests.Invalid("Invalid 'input': empty array.", "input", "empty_array");
    }

    private static void Add(RequestValue item, string endpoint, List<ChatMessage> messages)
    {
        switch (item.Text("type") ?? "message")
        {
            case "message":
                AddMessage(item, messages);
                break;
            case "function_call":
                Append(messages, ChatRole.Assistant, ToolCallFromJson.Read(item.RequireText("call_id"), item, item, endpoint));
                break;
            case "function_call_output":
                Append(messages, ChatRole.Tool, new FunctionResultContent(item.RequireText("call_id"), Output(item.Require("output"))));
                break;
            case "reasoning":
                AddReasoning(item, messages);
                break;
            default:
                throw item.Require("type").NotSupported();
        }
    }

    private static void AddMessage(RequestValue item, List<ChatMessage> messages)
    {
        var content = item.Require("content");
        var role = item.RequireText("role") switch
        {
            "system" or "developer" => ChatRole.System,
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            _ => throw item.Require("role").NotSupported(),
        };
        if (content.IsText)
        {
            Append(messages, role, new TextContent(content.AsText()));
            return;
        }

        Append(messages, role, [.. content.Items(RequestLimits.MaxParts).Select(part => Part(part.AsObject(), role))]);
    }

    private static void Append(List<ChatMessage> messages, ChatRole role, params List<AIContent> contents)
    {
        if (messages is [.., var last] && last.Role == role && (role == ChatRole.Assistant || role == ChatRole.Tool))
        {
            contents.ForEach(last.Contents.Add);
        }
        else
        {
            messages.Add(new ChatMessage(role, contents));
        }
    }

    private static AIContent Part(RequestValue part, ChatRole role) => part.RequireText("type") switch
    {
        "input_text" or "output_text" or "text" => new TextContent(part.Require("text").AsText()),
        "refusal" when role == ChatRole.Assistant => new ErrorContent(part.RequireText("refusal")) { ErrorCode = "Refusal" },
        "input_image" when role == ChatRole.User => MediaFromJson.Image(part.Require("image_url"), part.Text("detail")),
        "input_file" when role == ChatRole.User => MediaFromJson.File(part),
        "input_audio" when role == ChatRole.User => MediaFromJson.Audio(part.Require("input_audio")),
        _ => throw part.Require("type").NotSupported(),
    };

    private static string Output(RequestValue output) => output.IsText ? output.AsText() : string.Concat(
        output.Items(RequestLimits.MaxParts).Select(part => part.AsObject().RequireText("type") is "input_text" or "output_text" or "text"
            ? part.Require("text").AsText()
            : throw part.Require("type").NotSupported()));

    // Without encrypted content, reasoning is a note for people: no model takes it back.
    private static void AddReasoning(RequestValue item, List<ChatMessage> messages)
    {
        if (item.Text("encrypted_content") is { } data)
        {
            var text = item.Find("summary") is { } summary
                ? string.Concat(summary.Items(RequestLimits.MaxParts).Select(part => part.AsObject().Text("text")))
                : null;
            Append(messages, ChatRole.Assistant, new TextReasoningContent(text) { ProtectedData = data });
        }
    }
}
