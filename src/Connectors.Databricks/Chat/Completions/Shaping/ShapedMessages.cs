using Connectors.Databricks.Chat.Completions.Outbound;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Shaping;

/// <summary>
/// The conversation as the model takes it. Each rule gives back the list it got when it has nothing to do; what it changes, it copies first.
/// </summary>
internal static class ShapedMessages
{
    public static IReadOnlyList<ChatMessage> Of(ChatRequest request)
    {
        if (!request.IsShaped || (!request.HasFetchedImages && AreWords(request.Messages)))
        {
            return request.Messages;
        }

        if (request.HasFetchedImages)
        {
            request.Note("messages.image_url", "fetched, and sent as data");
        }

        var messages = OtherModelReasoning.LeaveOut(request, request.Messages);
        messages = OtherModelToolCalls.Clean(request, messages);
        messages = UnsupportedMedia.Replace(request, messages);
        messages = ParallelCallSplitter.Split(request, messages);
        return ThoughtSignatures.Sign(request, messages);
    }

    // The rules are about calls, reasoning and media: a conversation in words is taken by every model as it is.
    private static bool AreWords(IReadOnlyList<ChatMessage> messages)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var contents = messages[i]?.Contents;
            for (var j = 0; j < contents?.Count; j++)
            {
                if (contents[j] is not TextContent)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>A message with other contents; the caller's stays as it is.</summary>
    public static ChatMessage With(this ChatMessage message, IList<AIContent> contents)
    {
        var copy = message.Clone();
        copy.Contents = contents;
        return copy;
    }

    /// <summary>A call with other properties; the caller's stays as it is.</summary>
    public static FunctionCallContent With(this FunctionCallContent call, AdditionalPropertiesDictionary properties) =>
        new(call.CallId, call.Name, call.Arguments)
        {
            Exception = call.Exception,
            InformationalOnly = call.InformationalOnly,
            AdditionalProperties = properties,
        };

    /// <summary>A result with other contents; the caller's stays as it is.</summary>
    public static FunctionResultContent With(this FunctionResultContent result, IReadOnlyList<AIContent> contents) =>
        new(result.CallId, contents) { Exception = result.Exception, AdditionalProperties = result.AdditionalProperties };

    /// <summary>Puts a message in the place of another, in a list that is copied for the first one.</summary>
    public static List<ChatMessage> Replaced(this List<ChatMessage>? copy, IReadOnlyList<ChatMessage> messages, int index, ChatMessage message)
    {
        copy ??= [.. messages];
        copy[index] = message;
        return copy;
    }
}
