using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Adapts the conversation to the model. Each rule returns its input when there is nothing to change, and copies messages before changing
/// them.
/// </summary>
internal static class ShapedMessages
{
    public static IReadOnlyList<ChatMessage> Of(ChatRequest request)
    {
        if (!request.IsShaped)
        {
            return request.Messages;
        }

        var messages = request.Messages;
        if (request.HasFetchedImages || !IsTextOnly(messages))
        {
            messages = WithShapedContents(request);
        }

        messages = BlankText.LeaveOut(request, messages);
        messages = ConversationTurns.Join(request, messages);
        return ConversationEnds.Complete(request, messages);
    }

    private static IReadOnlyList<ChatMessage> WithShapedContents(ChatRequest request)
    {
        if (request.HasFetchedImages)
        {
            request.Note("messages.image_url", "fetched, and sent as data");
        }

        var messages = OtherClientContents.LeaveOut(request, request.Messages);
        messages = OtherModelReasoning.LeaveOut(request, messages);
        messages = UnsignedReasoning.LeaveOut(request, messages);
        messages = OtherModelToolCalls.Clean(request, messages);
        messages = UnsupportedMedia.Replace(request, messages);

        // Before results are paired with calls, the calls of a turn must be in one message.
        messages = ConversationTurns.Join(request, messages);
        messages = CallResults.Pair(request, messages);
        messages = ParallelCallSplitter.Split(request, messages);
        messages = CallIds.Fit(request, messages);
        messages = OpenReasoning.LeaveOut(request, messages);
        return ThoughtSignatures.Sign(request, messages);
    }

    // The rules apply to tool calls, reasoning and media; every model supports plain text.
    private static bool IsTextOnly(IReadOnlyList<ChatMessage> messages)
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
}
