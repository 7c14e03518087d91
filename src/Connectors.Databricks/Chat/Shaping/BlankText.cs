using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Models;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Drops text of white space only for models that reject it ([issue opencode#31259]): Claude itself writes line breaks between its
/// reasoning and a tool call. Within other text it is kept.
/// </summary>
internal static class BlankText
{
    public static IReadOnlyList<ChatMessage> LeaveOut(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        if (!ConversationRules.Of(request.Model).RejectsBlankText)
        {
            return messages;
        }

        List<ChatMessage>? copy = null;
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is { } message && AnyIn(message) && !HasItem(request, message))
            {
                copy = copy.Replaced(messages, i, message.With(Kept(message.Contents)));
            }
        }

        return copy ?? messages;
    }

    private static bool AnyIn(ChatMessage message)
    {
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is TextContent { Text.Length: > 0 } text && string.IsNullOrWhiteSpace(text.Text))
            {
                return true;
            }
        }

        return false;
    }

    // The model that wrote white space in an item of the Responses API gets the item back unchanged.
    private static bool HasItem(ChatRequest request, ChatMessage message) => request.UsesResponses && message.Contents.Any(
        content => StoredItem.IsCarrier(content) && request.ItemIn(content) is { } stored && request.IsOfModel(stored));

    // Adjacent texts become one, so that white space between words stays; what is left of white space alone is dropped.
    private static List<AIContent> Kept(IList<AIContent> contents)
    {
        var kept = new List<AIContent>(contents.Count);
        foreach (var content in contents)
        {
            if (content is TextContent { AdditionalProperties: null } text && kept is [.., TextContent { AdditionalProperties: null } last])
            {
                kept[^1] = new TextContent(last.Text + text.Text);
            }
            else
            {
                kept.Add(content);
            }
        }

        kept.RemoveAll(static content => content is TextContent text && string.IsNullOrWhiteSpace(text.Text));
        return kept;
    }
}
