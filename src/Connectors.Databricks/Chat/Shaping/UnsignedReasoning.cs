using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Models;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Drops reasoning without a signature for models that reject it: a response that the output limit truncated during reasoning ends before
/// its signature ([issue omnigent#3307]).
/// </summary>
internal static class UnsignedReasoning
{
    public static IReadOnlyList<ChatMessage> LeaveOut(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        if (!ConversationRules.Of(request.Model).RequiresSignedReasoning)
        {
            return messages;
        }

        List<ChatMessage>? copy = null;
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is { } message && AnyIn(message))
            {
                copy = copy.Replaced(messages, i, message.With([.. message.Contents.Where(content => !IsUnsigned(content))]));
            }
        }

        if (copy is not null)
        {
            request.Note("messages.reasoning", "reasoning without a signature left out", "the model accepts only signed reasoning");
        }

        return copy ?? messages;
    }

    private static bool AnyIn(ChatMessage message)
    {
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (IsUnsigned(message.Contents[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnsigned(AIContent content) => content is TextReasoningContent reasoning &&
        ProtectedReasoning.KindOf(reasoning.ProtectedData) is ReasoningKind.Summary or ReasoningKind.Sibling;
}
