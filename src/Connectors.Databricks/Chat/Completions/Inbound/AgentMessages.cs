using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>
/// Turns the messages of a chat agent (task <c>agent/v2/chat</c>) into ours: tool messages become results, and calls that the agent has
/// answered itself are marked.
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

        MarkAnswered(messages.SelectMany(message => message.Contents));
        return messages;
    }

    /// <summary>Agents give each message an id; where one does not, its position keeps the messages apart.</summary>
    public static string MessageId(string? messageId, string? responseId, int position) =>
        messageId ?? $"{responseId ?? "message"}-{position}";

    public static ChatRole Role(AnswerBuilder answer) => answer.Role ?? ChatRole.Assistant;

    /// <summary>What the message says; on a tool message, the result of the call that it names.</summary>
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

    /// <summary>
    /// A call with its result in the same answer has run on the server: a function-invoking client must not run it again.
    /// </summary>
    public static void MarkAnswered(IEnumerable<AIContent> contents)
    {
        var all = contents.ToList();
        var answered = all.OfType<FunctionResultContent>().Select(result => result.CallId).ToHashSet(StringComparer.Ordinal);
        foreach (var call in all.OfType<FunctionCallContent>().Where(call => answered.Contains(call.CallId)))
        {
            call.InformationalOnly = true;
        }
    }
}
