using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Adds the signature that Google documents for such history to tool calls of other models; Gemini 3 rejects a turn whose first call has
/// none (serving reference §3.5).
/// </summary>
internal static class ThoughtSignatures
{
    private static readonly JsonElement Placeholder = JsonDocument.Parse(
        """{"extra_content":{"google":{"thought_signature":"skip_thought_signature_validator"}}}""").RootElement;

    public static IReadOnlyList<ChatMessage> Sign(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        if (!request.Model.Tools.RequiresThoughtSignatures)
        {
            return messages;
        }

        List<ChatMessage>? copy = null;
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is { } message && message.Role == ChatRole.Assistant && FirstUnsigned(request, message) is { } call)
            {
                copy = copy.Replaced(messages, i, WithSigned(message, call));
            }
        }

        if (copy is not null)
        {
            request.Note("thought_signature", "a placeholder added to calls without one");
        }

        return copy ?? messages;
    }

    // A separate method avoids allocating a closure in the loop above, which runs for every request.
    private static ChatMessage WithSigned(ChatMessage message, FunctionCallContent call) =>
        message.With([.. message.Contents.Select(content => ReferenceEquals(content, call) ? Signed(call) : content)]);

    private static FunctionCallContent? FirstUnsigned(ChatRequest request, ChatMessage message)
    {
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is FunctionCallContent call)
            {
                // An item of the Responses API has its own signature.
                var isItem = request.UsesResponses && request.ItemIn(call) is not null;
                return isItem || IsSigned(call) ? null : call;
            }
        }

        return null;
    }

    private static bool IsSigned(FunctionCallContent call) =>
        call.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.ToolCallExtras, out var extras) is true && extras switch
        {
            JsonElement { ValueKind: JsonValueKind.Object } element => element.GetRawText().Contains(
                "thought_signature", StringComparison.Ordinal),
            JsonObject node => node.ToJsonString().Contains("thought_signature", StringComparison.Ordinal),
            _ => false,
        };

    private static FunctionCallContent Signed(FunctionCallContent call)
    {
        var properties = call.AdditionalProperties?.Clone() ?? [];
        properties[DatabricksPropertyNames.ToolCallExtras] = Placeholder;
        return call.With(properties);
    }
}
