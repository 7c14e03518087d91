using Connectors.Databricks.Chat.Replies;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>
/// Maps the messages of a chat agent (task <c>agent/v2/chat</c>): tool messages become results, and tool calls that the agent invoked
/// itself are marked.
/// </summary>
internal static class AgentMessages
{
    public static List<ChatMessage> ToMessages(List<AnswerBuilder> answers, string? responseId)
    {
        var messages = new List<ChatMessage>(answers.Count);
        for (var i = 0; i < answers.Count; i++)
        {
            var id = MessageId(answers[i].Id, responseId, i);
            answers[i].Complete(id);
            messages.Add(new ChatMessage(Role(answers[i]), Contents(answers[i])) { MessageId = id });
        }

        AnsweredCalls.Mark(messages.SelectMany(message => message.Contents));
        return messages;
    }

    /// <summary>The id of a message, or its position when the agent sends no ids.</summary>
    public static string MessageId(string? messageId, string? responseId, int position) =>
        messageId ?? $"{responseId ?? "message"}-{position}";

    public static ChatRole Role(AnswerBuilder answer) => answer.Role ?? ChatRole.Assistant;

    /// <summary>The contents of a message; for a tool message, the result of its call.</summary>
    public static List<AIContent> Contents(AnswerBuilder answer)
    {
        var contents = answer.Take() ?? [];
        foreach (var call in contents.OfType<FunctionCallContent>())
        {
            (call.AdditionalProperties ??= [])[DatabricksPropertyNames.AgentCall] = true;
        }

        return Role(answer) == ChatRole.Tool && answer.ToolCallId is { } callId
            ? [new FunctionResultContent(callId, string.Concat(contents.OfType<TextContent>().Select(text => text.Text)))]
            : contents;
    }
}
