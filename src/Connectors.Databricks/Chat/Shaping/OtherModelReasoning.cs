using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Drops reasoning of other models: its signature is rejected ([issue bifrost#6110]), and its format may be unsupported.
/// </summary>
internal static class OtherModelReasoning
{
    public static IReadOnlyList<ChatMessage> LeaveOut(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        List<ChatMessage>? copy = null;
        string? origin = null;
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is { } message && Origin(request, message) is { } other)
            {
                origin = other;
                copy = copy.Replaced(messages, i, message.With(Own(request, message)));
            }
        }

        if (copy is not null)
        {
            request.Note(
                "messages.reasoning", $"reasoning of endpoint '{origin}' left out",
                "signatures are valid only for the model that created them");
        }

        return copy ?? messages;
    }

    // A separate method avoids allocating a closure in the loop above, which runs for every request.
    private static List<AIContent> Own(ChatRequest request, ChatMessage message) =>
        [.. message.Contents.Where(content => !IsForeign(request, content, out _))];

    private static string? Origin(ChatRequest request, ChatMessage message)
    {
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (IsForeign(request, message.Contents[i], out var origin))
            {
                return origin;
            }
        }

        return null;
    }

    private static bool IsForeign(ChatRequest request, AIContent content, out string? origin)
    {
        origin = null;
        return content is TextReasoningContent { ProtectedData: { } data } &&
            !ProtectedReasoning.IsFrom(data, request.EndpointName, out origin) &&
                !request.Endpoints.AreOneModel(origin!, request.EndpointName);
    }
}
