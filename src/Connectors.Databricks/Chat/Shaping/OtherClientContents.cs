using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Drops contents of a history that only another client or another model supports: tool calls that a provider made itself, hosted files,
/// approvals that were not processed, parts of an unknown kind. They would make every later turn fail. Contents of the current turn are the
/// caller's own, and are rejected by name when they are written.
/// </summary>
internal static class OtherClientContents
{
    public static IReadOnlyList<ChatMessage> LeaveOut(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        List<ChatMessage>? copy = null;
        SortedSet<string>? names = null;
        var current = ConversationFacts.CurrentTurn(messages);
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is { } message && AnyIn(request, message, i < current))
            {
                names ??= new(StringComparer.Ordinal);
                copy = copy.Replaced(messages, i, message.With(Kept(request, message, i < current, names)));
            }
        }

        if (names is not null)
        {
            request.Note(
                "messages.contents", $"{string.Join(", ", names)} left out", "only the client or the model that created it accepts it");
        }

        return copy ?? messages;
    }

    private static bool AnyIn(ChatRequest request, ChatMessage message, bool isHistory)
    {
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (IsLeftOut(request, message.Role, message.Contents[i], isHistory))
            {
                return true;
            }
        }

        return false;
    }

    // A separate method avoids allocating a closure in the loop above, which runs for every request.
    private static List<AIContent> Kept(ChatRequest request, ChatMessage message, bool isHistory, SortedSet<string> names)
    {
        var kept = new List<AIContent>(message.Contents.Count);
        foreach (var content in message.Contents)
        {
            if (IsLeftOut(request, message.Role, content, isHistory))
            {
                names.Add(ContentRules.Named(content));
            }
            else
            {
                kept.Add(content);
            }
        }

        return kept;
    }

    private static bool IsLeftOut(ChatRequest request, ChatRole role, AIContent? content, bool isHistory)
    {
        // Null is a mistake of the caller, and a system message has no history.
        if (content is null or TextContent || ContentRules.IsSkipped(content) || role == ChatRole.System)
        {
            return false;
        }

        // Decisions on approval requests of an agent go back to it.
        if (request.UsesResponses && content is ToolApprovalResponseContent { ToolCall: McpServerToolCallContent })
        {
            return false;
        }

        if (role == ChatRole.Assistant)
        {
            return !IsOfAssistant(request, content);
        }

        return role == ChatRole.Tool
            ? content is not (FunctionResultContent or DataContent or UriContent)
            : isHistory && content is not FunctionResultContent && !ContentRules.IsSupported(request, content);
    }

    private static bool IsOfAssistant(ChatRequest request, AIContent content) =>
        content is TextReasoningContent or FunctionCallContent or FunctionResultContent or ErrorContent ||
        StoredItem.IsCarrier(content) ||
        (request.UsesResponses
            ? content is ToolApprovalRequestContent && request.ItemIn(content) is not null
            : ContentRules.IsSupported(content) || (ContentRules.UnknownPart(content) is not null && IsOfModel(request, content)));

    private static bool IsOfModel(ChatRequest request, AIContent content) =>
        TextProperties.In(content.AdditionalProperties, DatabricksPropertyNames.ContentPartOrigin) is { } origin &&
        (origin == request.EndpointName || request.Endpoints.AreOneModel(origin, request.EndpointName));
}
