using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Models;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Adds a message of the user where the model requires one: in front of a conversation that the assistant begins, as a greeting or a
/// shortened history does ([issue anthropic-sdk-typescript#622]), and behind one that ends with the assistant, for models that cannot
/// continue a response ([issue ericc-ch/copilot-api#261]).
/// </summary>
internal static class ConversationEnds
{
    /// <summary>What LiteLLM adds in the same places.</summary>
    public const string Continue = "Please continue.";

    public static IReadOnlyList<ChatMessage> Complete(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        List<ChatMessage>? copy = null;
        if (ConversationRules.Of(request.Model).StartsWithUser && NeedsStart(request, messages, out var start))
        {
            copy = [.. messages];
            copy.Insert(start, new ChatMessage(ChatRole.User, Continue));
            request.Note("messages", "a user message added at the start", "the model requires that the user begins", affectsAnswer: true);
        }

        if (!request.Model.SupportsPrefill && ConversationFacts.EndsWithAssistant(messages))
        {
            copy ??= [.. messages];
            copy.Add(new ChatMessage(ChatRole.User, Continue));
            request.Note("messages", "a user message added at the end", "the model cannot continue a response", affectsAnswer: true);
        }

        return copy ?? messages;
    }

    private static bool NeedsStart(ChatRequest request, IReadOnlyList<ChatMessage> messages, out int start)
    {
        var hasSystem = !string.IsNullOrWhiteSpace(request.Options?.Instructions);
        for (start = 0; start < messages.Count; start++)
        {
            if (messages[start] is not { } message)
            {
                return false;
            }

            if (ConversationFacts.IsSystem(message))
            {
                hasSystem |= message.Contents.Count > 0;
            }
            else if (ConversationFacts.HasContent(message))
            {
                return message.Role != ChatRole.User;
            }
        }

        // Instructions alone; nothing at all is rejected when it is written.
        return hasSystem;
    }
}
