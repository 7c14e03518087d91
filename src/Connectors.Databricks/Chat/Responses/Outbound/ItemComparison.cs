using System.Text;
using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>
/// Compares a stored item with the contents that the app has now: an app that redacts or edits a text must not find the original sent.
/// </summary>
internal static class ItemComparison
{
    public static bool IsMessage(StoredItem stored) => TextOf(stored, "type"u8) == "message";

    public static string? EncryptedContent(StoredItem stored) => TextOf(stored, "encrypted_content"u8);

    /// <summary>Whether the result of an agent's own call is the same.</summary>
    public static bool IsUnchanged(StoredItem stored, FunctionResultContent result)
    {
        using var document = JsonDocument.Parse(stored.Item);
        var item = document.RootElement;
        return Text(item, "call_id") == result.CallId && item.TryGetProperty("output", out var output) && result.Result switch
        {
            string text => output.ValueKind == JsonValueKind.String && output.GetString() == text,
            JsonElement element => JsonElement.DeepEquals(element, output),
            _ => false,
        };
    }

    public static bool IsUnchanged(
        ChatRequest request, StoredItem stored, IReadOnlyList<AIContent> contents, JsonSerializerOptions serializerOptions)
    {
        using var document = JsonDocument.Parse(stored.Item);
        var item = document.RootElement;
        return contents switch
        {
            [] => Text(item, "type") is not "message" || OutputText(item).Length == 0,
            [FunctionCallContent call] => IsUnchanged(request, item, call, serializerOptions),
            [ToolApprovalRequestContent approval] => Text(item, "id") == approval.RequestId,
            _ => HasReasoning(item, contents) && HasText(item, contents),
        };
    }

    private static bool IsUnchanged(
        ChatRequest request, JsonElement item, FunctionCallContent call, JsonSerializerOptions serializerOptions)
    {
        if (Text(item, "call_id") != call.CallId || Text(item, "name") != ToolNames.OnWire(request, call.Name))
        {
            return false;
        }

        var before = item.TryGetProperty("arguments", out var arguments) ? arguments : default;
        if (ContentRules.TextIn(call.AdditionalProperties, DatabricksPropertyNames.RawArguments) is { } raw)
        {
            return before.ValueKind == JsonValueKind.String && before.GetString() == raw;
        }

        try
        {
            using var buffer = new SegmentedBuffer();
            using (var writer = JsonWriting.CreateWriter(buffer))
            {
                var now = call.Arguments is { } given ? ToolNames.OnWire(request, call.Name, given) : null;
                JsonValueToWire.Write(writer, now ?? new Dictionary<string, object?>(), serializerOptions);
            }

            using var after = JsonDocument.Parse(buffer.Contiguous().ToArray());
            using var parsed = Parsed(before);
            return parsed is not null && JsonElement.DeepEquals(parsed.RootElement, after.RootElement);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // An argument that cannot be serialized was added by the app.
            return false;
        }
    }

    private static JsonDocument? Parsed(JsonElement arguments) => arguments.ValueKind switch
    {
        JsonValueKind.String => JsonDocument.Parse(arguments.GetString() is { Length: > 0 } text ? text : "{}"),
        JsonValueKind.Object => JsonDocument.Parse(arguments.GetRawText()),
        _ => null,
    };

    // Reasoning that the caller did not want was never shown.
    private static bool HasReasoning(JsonElement item, IReadOnlyList<AIContent> contents)
    {
        var now = string.Concat(contents.OfType<TextReasoningContent>().Select(content => content.Text));
        return now.Length == 0 || now == ReasoningText(item);
    }

    private static bool HasText(JsonElement item, IReadOnlyList<AIContent> contents)
    {
        var now = new StringBuilder();
        foreach (var content in contents)
        {
            now.Append(content switch
            {
                TextContent text => text.Text,
                ErrorContent error => error.Message,
                _ => null,
            });
        }

        return now.Equals(OutputText(item));
    }

    private static string OutputText(JsonElement item) => Joined(item, "content", isReasoning: false);

    private static string ReasoningText(JsonElement item) =>
        Joined(item, "summary", isReasoning: true) + Joined(item, "content", isReasoning: true);

    private static string Joined(JsonElement item, string member, bool isReasoning)
    {
        if (!item.TryGetProperty(member, out var parts) || (isReasoning && member == "content" && IsPlain(item, parts)))
        {
            return string.Empty;
        }

        if (parts.ValueKind == JsonValueKind.String)
        {
            return parts.GetString()!;
        }

        if (parts.ValueKind != JsonValueKind.Array)
        {
            return string.Empty;
        }

        var text = new StringBuilder();
        foreach (var part in parts.EnumerateArray())
        {
            if (part.ValueKind == JsonValueKind.String)
            {
                text.Append(part.GetString());
            }
            else if (IsReasoningPart(item, part, member) == isReasoning)
            {
                text.Append(Text(part, "text") ?? Text(part, "refusal"));
            }
        }

        return text.ToString();
    }

    // The content of a message is text unless a part has another type.
    private static bool IsPlain(JsonElement item, JsonElement parts) =>
        parts.ValueKind == JsonValueKind.String && Text(item, "type") != "reasoning";

    private static bool IsReasoningPart(JsonElement item, JsonElement part, string member) =>
        member == "summary" || Text(part, "type") is "reasoning_text" or "summary_text" or "reasoning" ||
        (Text(item, "type") == "reasoning" && Text(part, "type") is not ("output_text" or "refusal"));

    private static string? TextOf(StoredItem stored, ReadOnlySpan<byte> member)
    {
        var reader = new Utf8JsonReader(stored.Item.Span);
        reader.Read();
        if (reader.IsOrSkip(JsonTokenType.StartObject))
        {
            while (reader.NextProperty())
            {
                if (reader.ValueTextEquals(member))
                {
                    return reader.NextString();
                }

                reader.Skip();
            }
        }

        return null;
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
