using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Chat;

/// <summary>Reads one message: text or a list of contents, of the types that a response has.</summary>
internal static class ChatMessageFromJson
{
    private const int MaxContents = 100;

    public static ChatMessage Read(RequestValue message, string endpoint, bool allowsSystem)
    {
        var role = message.RequireText("role");
        var content = message.Require("content");
        return role switch
        {
            "user" => new ChatMessage(ChatRole.User, Contents(content, part => User(part))),
            "assistant" => new ChatMessage(ChatRole.Assistant, Contents(content, part => Assistant(part, endpoint))),
            "tool" => new ChatMessage(ChatRole.Tool, [.. content.Items(MaxContents).Select(ToolResult)]),
            "system" when allowsSystem => new ChatMessage(ChatRole.System, Contents(content, part => Text(part))),
            _ => throw message.Require("role").NotSupported(),
        };
    }

    private static List<AIContent> Contents(RequestValue content, Func<RequestValue, AIContent> read)
    {
        List<AIContent> contents = content.IsText
            ? [new TextContent(content.AsText())]
            : [.. content.Items(MaxContents).Select(part => read(part.AsObject()))];
        return contents.Count > 0 ? contents : throw InvalidRequests.Invalid(
            $"Invalid '{content.Path}': empty array.", content.Path, "empty_array");
    }

    private static AIContent User(RequestValue part) =>
        part.RequireText("type") == "image" ? MediaFromJson.Image(part.Require("url"), null) : Text(part);

    private static AIContent Assistant(RequestValue part, string endpoint) => part.RequireText("type") switch
    {
        "reasoning" => new TextReasoningContent(part.Text("text") ?? string.Empty) { ProtectedData = part.Text("protectedData") },
        "toolCall" => ToolCall(part, endpoint),
        "refusal" => new ErrorContent(part.RequireText("message")) { ErrorCode = ChatContentToJson.Refusal },
        _ => Text(part),
    };

    private static FunctionCallContent ToolCall(RequestValue part, string endpoint)
    {
        var call = ToolCallFromJson.Read(part.RequireText("callId"), part, part, endpoint);
        call.InformationalOnly = part.Flag("isInformational") ?? false;
        return call;
    }

    private static TextContent Text(RequestValue part) =>
        part.RequireText("type") == "text" ? new TextContent(part.Require("text").AsText()) : throw part.Require("type").NotSupported();

    private static FunctionResultContent ToolResult(RequestValue part) =>
        part.AsObject().RequireText("type") == "toolResult"
            ? new FunctionResultContent(part.RequireText("callId"), part.Require("result").AsText())
            : throw part.Require("type").NotSupported();
}
