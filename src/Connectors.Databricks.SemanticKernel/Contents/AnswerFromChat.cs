using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using AI = Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>
/// Converts a response to messages, one per choice. The choice of an agent may be several messages: its function calls and results first,
/// then its text.
/// </summary>
internal static class AnswerFromChat
{
    public static List<List<ChatMessageContent>> Read(ChatResponse response, FunctionNaming naming)
    {
        var choices = new List<List<ChatMessageContent>>();
        foreach (var message in response.Messages)
        {
            if (choices.Count == 0 || message.AdditionalProperties?.ContainsKey(DatabricksPropertyNames.FinishReason) is true)
            {
                choices.Add([]);
            }

            choices[^1].Add(Read(response, message, naming));
        }

        return choices;
    }

    private static ChatMessageContent Read(ChatResponse response, ChatMessage message, FunctionNaming naming)
    {
        var items = new ChatMessageContentItemCollection();
        foreach (var content in Joined(message.Contents))
        {
            if (StoredItems.TryKeep(content, items))
            {
                continue;
            }

            if (ItemFromChat.Read(content, naming, response.ModelId) is { } item)
            {
                items.Add(item);
            }
        }

        return new ChatMessageContent(
            new AuthorRole(message.Role.Value), items, response.ModelId, response.RawRepresentation ?? response,
            metadata: MetadataFromChat.Read(response, message))
        {
            AuthorName = message.AuthorName,
        };
    }

    /// <summary>Citations split one flow of text into contents, and a message's <c>Content</c> is its first text alone.</summary>
    /// <returns>The contents with adjacent texts joined; the list itself where there are none, as in each update of a stream.</returns>
    public static IList<AIContent> Joined(IList<AIContent> contents)
    {
        if (!HasAdjacentTexts(contents))
        {
            return contents;
        }

        var joined = new List<AIContent>(contents.Count);
        foreach (var content in contents)
        {
            if (content is AI.TextContent text && joined is [.., AI.TextContent open])
            {
                joined[^1] = new AI.TextContent(open.Text + text.Text)
                {
                    Annotations = open.Annotations is null ? text.Annotations : [.. open.Annotations, .. text.Annotations ?? []],
                };
            }
            else
            {
                joined.Add(content);
            }
        }

        return joined;
    }

    private static bool HasAdjacentTexts(IList<AIContent> contents)
    {
        for (var i = 1; i < contents.Count; i++)
        {
            if (contents[i] is AI.TextContent && contents[i - 1] is AI.TextContent)
            {
                return true;
            }
        }

        return false;
    }
}
