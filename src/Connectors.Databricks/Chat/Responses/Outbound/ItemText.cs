using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>The text of a stored item, or its reasoning: mostly one string, which is compared where it is.</summary>
internal ref struct ItemText
{
    private ReadOnlySpan<byte> _only;
    private string? _joined;

    /// <summary>The text that the item shows.</summary>
    public static ItemText Output(StoredItemFacts item)
    {
        var text = default(ItemText);
        text.Add(item.Content, item.IsReasoning, isSummary: false, wantsReasoning: false);
        return text;
    }

    /// <summary>Its reasoning, also where a message has it.</summary>
    public static ItemText Reasoning(StoredItemFacts item)
    {
        var text = default(ItemText);
        text.Add(item.Summary, item.IsReasoning, isSummary: true, wantsReasoning: true);
        text.Add(item.Content, item.IsReasoning, isSummary: false, wantsReasoning: true);
        return text;
    }

    public readonly bool IsEmpty => _joined is null ? _only.Length <= 2 : _joined.Length == 0;

    public readonly bool Is(string text) => _joined is null ? RawJson.IsText(_only, text) : _joined == text;

    private void Add(ReadOnlySpan<byte> parts, bool isReasoningItem, bool isSummary, bool wantsReasoning)
    {
        if (parts.IsEmpty)
        {
            return;
        }

        var reader = new Utf8JsonReader(parts);
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            AddPlain(parts, isReasoningItem || isSummary, wantsReasoning);
            return;
        }

        if (!reader.IsOrSkip(JsonTokenType.StartArray))
        {
            return;
        }

        while (reader.NextIsItem())
        {
            var start = (int)reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                AddPart(ref reader, parts, isReasoningItem, isSummary, wantsReasoning);
            }
            else
            {
                reader.Skip();
                AddPlain(parts[start..(int)reader.BytesConsumed], isReasoningItem || isSummary, wantsReasoning);
            }
        }
    }

    private void AddPlain(ReadOnlySpan<byte> raw, bool isReasoning, bool wantsReasoning)
    {
        if (isReasoning == wantsReasoning)
        {
            Append(raw);
        }
    }

    private void AddPart(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> parts, bool isReasoningItem, bool isSummary, bool wantsReasoning)
    {
        ReadOnlySpan<byte> text = default;
        var isReasoning = isSummary;
        var isOutput = false;
        while (reader.NextProperty())
        {
            if (reader.Is("type"u8))
            {
                reader.Read();
                isReasoning |= reader.Is("reasoning_text"u8) || reader.Is("summary_text"u8) || reader.Is("reasoning"u8);
                isOutput |= reader.Is("output_text"u8) || reader.Is("refusal"u8);
                reader.Skip();
            }
            else if (reader.Is("text"u8) || (reader.Is("refusal"u8) && text.IsEmpty))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                text = parts[start..(int)reader.BytesConsumed];
            }
            else
            {
                reader.Skip();
            }
        }

        // A part without a known type is what its item is.
        if ((isReasoning || (isReasoningItem && !isOutput)) == wantsReasoning)
        {
            Append(text);
        }
    }

    private void Append(ReadOnlySpan<byte> raw)
    {
        if (!RawJson.IsText(raw) || raw.Length == 2)
        {
            return;
        }

        if (_only.IsEmpty && _joined is null)
        {
            _only = raw;
            return;
        }

        _joined = string.Concat(_joined ?? RawJson.Text(_only), RawJson.Text(raw));
    }
}
