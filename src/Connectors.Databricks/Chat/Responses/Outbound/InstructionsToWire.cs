using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>Writes system messages and <see cref="ChatOptions.Instructions"/> as <c>instructions</c>.</summary>
internal static class InstructionsToWire
{
    public static void Write(RequestDocument body, ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        if (TextOf(request, messages) is { } text && body.Begins("instructions"))
        {
            body.Writer.WriteStringValue(text);
        }
    }

    private static string? TextOf(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        List<string>? texts = null;
        if (!string.IsNullOrWhiteSpace(request.Options?.Instructions))
        {
            (texts ??= []).Add(request.Options.Instructions);
        }

        var isBehind = false;
        var isMoved = false;
        for (var i = ConversationFacts.HasOnlySystem(messages) ? messages.Count : 0; i < messages.Count; i++)
        {
            if (messages[i] is not { } message || !ConversationFacts.IsSystem(message))
            {
                isBehind = true;
                continue;
            }

            isMoved |= isBehind;
            (texts ??= []).AddRange(message.Contents.Select(SystemText).Where(text => text.Length > 0));
        }

        if (isMoved)
        {
            request.Note("messages.system", "moved to the front", "instructions come first");
        }

        if (request.AsksForJsonInWords || request.AddsJsonWord)
        {
            request.Note("messages.system", "JSON requested in the instructions", "the model requires it for json_object");
            (texts ??= []).Add(ChatRequest.JsonInWords);
        }

        return texts is not { Count: > 0 } ? null : texts.Count == 1 ? texts[0] : string.Join("\n\n", texts);
    }

    private static string SystemText(AIContent content) =>
        content is TextContent text ? text.Text : throw ContentRules.Unsupported(content, "a system message");
}
