using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>
/// Writes system messages and <see cref="ChatOptions.Instructions"/> as <c>instructions</c>. Agents have no such member: their system
/// messages are items, in their place (serving reference §8.3).
/// </summary>
internal static class InstructionsToWire
{
    public static void Write(RequestDocument body, ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        if (!request.MayBeAgent && TextOf(request, messages) is { } text && body.Begins("instructions"))
        {
            body.Writer.WriteStringValue(text);
        }
    }

    /// <summary>The text before the messages of an agent: what the options request; null when they request nothing.</summary>
    public static string? BeforeMessages(ChatRequest request) => Joined(WithJson(request, OfOptions(request)));

    /// <summary>The text of a system message; null for one without text.</summary>
    public static string? TextOf(ChatMessage message) => Joined([.. TextsOf(message)]);

    private static string? TextOf(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        var texts = OfOptions(request);
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
            (texts ??= []).AddRange(TextsOf(message));
        }

        if (isMoved)
        {
            request.Note("messages.system", "moved to the front", "instructions come first");
        }

        return Joined(WithJson(request, texts));
    }

    private static List<string>? OfOptions(ChatRequest request) =>
        request.Options?.Instructions is { } instructions && !string.IsNullOrWhiteSpace(instructions) ? [instructions] : null;

    private static List<string>? WithJson(ChatRequest request, List<string>? texts)
    {
        if (request.AsksForJsonInWords || request.AddsJsonWord)
        {
            request.Note("messages.system", "JSON requested in the instructions", "the model requires it for json_object");
            (texts ??= []).Add(ChatRequest.JsonInWords);
        }

        return texts;
    }

    private static string? Joined(List<string>? texts) =>
        texts is not { Count: > 0 } ? null : texts.Count == 1 ? texts[0] : string.Join("\n\n", texts);

    private static IEnumerable<string> TextsOf(ChatMessage message) => message.Contents.Select(SystemText).Where(text => text.Length > 0);

    private static string SystemText(AIContent content) =>
        content is TextContent text ? text.Text : throw ContentRules.Unsupported(content, "a system message");
}
