using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>
/// Writes what the assistant returned as items. An item of the same model is sent back as it was, as long as the app has not changed its
/// text, call or result; everything else is written from the contents.
/// </summary>
internal sealed class AssistantItems(Utf8JsonWriter writer, ChatRequest request, JsonSerializerOptions serializerOptions)
{
    private const string Field = "input";

    private readonly HashSet<string> _approvalRequests = new(StringComparer.Ordinal);

    /// <summary>Whether the request for an approval is part of the input; without it, the decision is rejected.</summary>
    public bool HasRequest(ToolApprovalResponseContent approval)
    {
        if (_approvalRequests.Contains(approval.RequestId))
        {
            return true;
        }

        request.Note(
            Field, "the decision on an approval request left out", "the input does not have the request", affectsAnswer: true);
        return false;
    }

    /// <summary>Sends an item back; returns false when there is none, it is of another model, or its contents were changed.</summary>
    public bool TryReplay(TurnEntry entry)
    {
        if (entry.Stored is not { } stored || !request.IsOfModel(stored) ||
            !ItemComparison.IsUnchanged(request, stored, entry.Contents, serializerOptions))
        {
            return false;
        }

        if (entry.Contents is [ToolApprovalRequestContent approval])
        {
            _approvalRequests.Add(approval.RequestId);
        }

        if (ItemTrimming.IsNeeded(request))
        {
            ItemTrimming.Write(writer, stored, request);
        }
        else
        {
            writer.WriteRawValue(stored.Item.Span, skipInputValidation: true);
        }

        return true;
    }

    /// <summary>Writes an entry; returns whether anything of it is sent.</summary>
    public bool Write(TurnEntry entry)
    {
        if (TryReplay(entry))
        {
            return true;
        }

        return entry.Contents switch
        {
            [FunctionCallContent call] => WriteCall(call, entry.Stored),
            [TextReasoningContent, ..] => WriteWithoutReasoning(entry),
            [ToolApprovalRequestContent] => LeaveOut(entry, "an approval request", "it is valid only for the agent that created it"),
            [] => entry.Stored is not { } item || item.Facts.IsMessage
                ? false
                : LeaveOut(entry, "an item of an unknown type", "only the model that created it accepts it"),
            _ => WriteMessage(entry.Contents),
        };
    }

    // A message may have reasoning and text.
    private bool WriteWithoutReasoning(TurnEntry entry)
    {
        LeaveOut(entry, "reasoning", "only the model that created it accepts it");
        AIContent[] rest = [.. entry.Contents.Where(content => content is not TextReasoningContent)];
        return rest.Length > 0 && WriteMessage(rest);
    }

    private bool LeaveOut(TurnEntry entry, string what, string reason)
    {
        var origin = entry.Stored is { } stored && !request.IsOfModel(stored) ? $" of endpoint '{stored.Origin}'" : string.Empty;
        request.Note(Field, $"{what}{origin} left out", reason);
        return false;
    }

    private bool WriteCall(FunctionCallContent call, StoredItem? stored)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function_call"u8);
        writer.WriteString("call_id"u8, call.CallId);
        writer.WriteString("name"u8, ToolNames.OnWire(request, call.Name));
        ArgumentsToWire.Write(writer, request, call, serializerOptions);
        var own = stored is { } item && request.IsOfModel(item) ? item.Facts.EncryptedContent : null;
        if ((own ?? ThoughtSignature(call)) is { } encrypted)
        {
            // Gemini requires its signature, also when the id was made unique or the call comes from chat completions.
            writer.WriteString("encrypted_content"u8, encrypted);
        }

        writer.WriteEndObject();
        return true;
    }

    // The member of a call in chat completions, or the placeholder for calls of other models.
    private static string? ThoughtSignature(FunctionCallContent call) =>
        call.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.ToolCallExtras, out var extras) is true &&
        extras is JsonElement { ValueKind: JsonValueKind.Object } element &&
        element.TryGetProperty("extra_content", out var extra) && extra.ValueKind == JsonValueKind.Object &&
        extra.TryGetProperty("google", out var google) && google.ValueKind == JsonValueKind.Object &&
        google.TryGetProperty("thought_signature", out var signature) && signature.ValueKind == JsonValueKind.String
            ? signature.GetString()
            : null;

    private bool WriteMessage(IReadOnlyList<AIContent> contents)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        writer.WriteStartArray("content"u8);
        foreach (var content in contents)
        {
            var isRefusal = content is ErrorContent;
            var text = content is ErrorContent error ? error.Message : (content as TextContent)?.Text
                ?? throw ContentRules.Unsupported(content, "an assistant message");
            writer.WriteStartObject();
            writer.WriteString("type"u8, isRefusal ? "refusal"u8 : "output_text"u8);
            writer.WriteString(isRefusal ? "refusal"u8 : "text"u8, text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        return true;
    }
}
