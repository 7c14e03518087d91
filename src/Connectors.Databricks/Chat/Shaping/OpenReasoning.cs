using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.ModelRecords;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Drops the reasoning of the turn that is still open, because its tool results end the conversation, when another option turns thinking
/// off: "When thinking is disabled, an assistant message in the final position cannot contain thinking" ([issue forgecode#1853]).
/// </summary>
internal static class OpenReasoning
{
    public static IReadOnlyList<ChatMessage> LeaveOut(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        if (request.Model.Reasoning.Style != ReasoningStyle.Budget ||
            ConversationFacts.OpenTurn(messages) is not { } turn || !ConversationFacts.Has<TextReasoningContent>(turn) ||
            !OptionRules.RequestsThinking(request) || OptionRules.Find(OptionRules.Thinking, new OptionFacts(request, messages)) is null)
        {
            return messages;
        }

        request.Note("messages.reasoning", "reasoning of the current turn left out", "thinking is off");
        return [.. messages.Select(message => !ReferenceEquals(message, turn)
            ? message
            : message.With([.. message.Contents.Where(static content => content is not TextReasoningContent)]))];
    }
}
