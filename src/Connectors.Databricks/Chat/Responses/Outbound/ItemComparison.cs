using System.Buffers;
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
    public static bool IsUnchanged(
        ChatRequest request, StoredItem stored, IReadOnlyList<AIContent> contents, JsonSerializerOptions serializerOptions)
    {
        var item = stored.Facts;
        return contents switch
        {
            [] => !item.IsMessage || ItemText.Output(item).IsEmpty,
            [FunctionResultContent result] => IsUnchanged(item, result),
            [FunctionCallContent call] => IsUnchanged(request, item, call, serializerOptions),
            [ToolApprovalRequestContent approval] => RawJson.IsText(item.Id, approval.RequestId),
            _ => HasReasoning(item, contents) && ItemText.Output(item).Is(Joined(contents, OutputOf)),
        };
    }

    // The result of a call that an agent ran itself.
    private static bool IsUnchanged(StoredItemFacts item, FunctionResultContent result) =>
        RawJson.IsText(item.CallId, result.CallId) && result.Result switch
        {
            string text => !item.Output.IsEmpty && RawJson.IsText(item.Output, text),
            JsonElement element when !item.Output.IsEmpty => IsEqual(element, item.Output),
            _ => false,
        };

    private static bool IsUnchanged(
        ChatRequest request, StoredItemFacts item, FunctionCallContent call, JsonSerializerOptions serializerOptions)
    {
        if (!RawJson.IsText(item.CallId, call.CallId) || !RawJson.IsText(item.Name, ToolNames.OnWire(request, call.Name)))
        {
            return false;
        }

        var before = item.Arguments;
        if (TextProperties.In(call.AdditionalProperties, DatabricksPropertyNames.RawArguments) is { } raw)
        {
            return !before.IsEmpty && RawJson.IsText(before, raw);
        }

        try
        {
            using var buffer = new SegmentedBuffer();
            using (var writer = JsonWriting.CreateWriter(buffer))
            {
                var now = call.Arguments is { } given ? ToolNames.OnWire(request, call.Name, given) : null;
                JsonValueToWire.Write(writer, now ?? new Dictionary<string, object?>(), serializerOptions);
            }

            return IsSameObject(before, buffer.Contiguous());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // An argument that cannot be serialized was added by the app.
            return false;
        }
    }

    // Models write arguments as the serializer does, so that mostly their bytes are the same.
    private static bool IsSameObject(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        if (!RawJson.IsText(before))
        {
            return !before.IsEmpty && IsEqual(before, now);
        }

        var rented = ArrayPool<byte>.Shared.Rent(before.Length);
        try
        {
            var reader = new Utf8JsonReader(before);
            reader.Read();
            var text = rented.AsSpan(0, reader.CopyString(rented));
            return text.SequenceEqual(now) || IsEqual(text.IsEmpty ? "{}"u8 : text, now);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static bool IsEqual(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var reader = new Utf8JsonReader(first);
        return IsEqual(JsonElement.ParseValue(ref reader), second);
    }

    private static bool IsEqual(JsonElement first, ReadOnlySpan<byte> second)
    {
        var reader = new Utf8JsonReader(second);
        return JsonElement.DeepEquals(first, JsonElement.ParseValue(ref reader));
    }

    // Reasoning that the caller did not want was never shown.
    private static bool HasReasoning(StoredItemFacts item, IReadOnlyList<AIContent> contents)
    {
        var now = Joined(contents, static content => (content as TextReasoningContent)?.Text);
        return now.Length == 0 || ItemText.Reasoning(item).Is(now);
    }

    private static string? OutputOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        ErrorContent error => error.Message,
        _ => null,
    };

    // Mostly one content has text.
    private static string Joined(IReadOnlyList<AIContent> contents, Func<AIContent, string?> textOf)
    {
        string? only = null;
        StringBuilder? all = null;
        for (var i = 0; i < contents.Count; i++)
        {
            if (textOf(contents[i]) is not { Length: > 0 } text)
            {
                continue;
            }

            if (only is null)
            {
                only = text;
            }
            else
            {
                (all ??= new StringBuilder(only)).Append(text);
            }
        }

        return all?.ToString() ?? only ?? string.Empty;
    }
}
