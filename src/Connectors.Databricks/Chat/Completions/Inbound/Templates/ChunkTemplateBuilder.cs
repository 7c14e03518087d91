using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Completions.Inbound.Templates;

/// <summary>
/// Builds a template from a chunk that was parsed, to match later chunks of its stream and of other streams. Only a chunk with a single
/// text, usage counts and response metadata supports one; a chunk with a tool call, a signature, a finish reason or a citation does not.
/// </summary>
internal sealed class ChunkTemplateBuilder
{
    private readonly TemplateSlotCollector _slots = new();
    private TemplateConstants _constants = new(null, null, null, null);
    private bool _hasText;
    private bool _hasChoices;
    private bool _hasDelta;
    private bool _hasId;
    private bool _hasCreated;

    /// <summary>Builds the template of a chunk, or returns null when the chunk does not support one.</summary>
    /// <param name="chunk">A chunk that was parsed without an error.</param>
    /// <param name="options">The options with which it was parsed.</param>
    public static ChunkTemplate? Build(ReadOnlySpan<byte> chunk, JsonReaderOptions options)
    {
        var builder = new ChunkTemplateBuilder();
        try
        {
            builder.ReadChunk(new Utf8JsonReader(chunk, options));
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            // A repeated string that the parser skipped because its value was already known.
            return null;
        }

        return builder._hasText ? builder._slots.Build(chunk, builder._constants) : null;
    }

    private void ReadChunk(Utf8JsonReader reader)
    {
        reader.Read();
        Require(reader.TokenType == JsonTokenType.StartObject);
        while (_slots.IsSupported && reader.NextProperty())
        {
            ReadMember(ref reader);
        }
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.Is("choices"u8))
        {
            Require(!_hasChoices && reader.NextIsArray() && reader.NextIsItem() && reader.IsOrSkip(JsonTokenType.StartObject));
            _hasChoices = true;
            ReadChoice(ref reader);
            Require(_slots.IsSupported && !reader.NextIsItem());
        }
        else if (reader.Is("usage"u8))
        {
            UsageSlotFinder.Find(ref reader, _slots);
        }
        else if (reader.Is("created"u8))
        {
            Require(!_hasCreated);
            _hasCreated = true;
            _slots.AddNumber(ref reader, TemplateSlotKind.Created);
        }
        else if (reader.Is("id"u8))
        {
            Require(!_hasId);
            _hasId = true;
            AddText(ref reader, TemplateSlotKind.Id);
        }
        else if (!TryReadConstant(ref reader))
        {
            ReadRareMember(ref reader);
        }
    }

    private bool TryReadConstant(ref Utf8JsonReader reader)
    {
        if (reader.Is("model"u8))
        {
            _constants = _constants with { Model = ReplyFacts.FirstText(ref reader, _constants.Model) };
        }
        else if (reader.Is("service_tier"u8))
        {
            _constants = _constants with { ServiceTier = ReplyFacts.FirstText(ref reader, _constants.ServiceTier) };
        }
        else if (reader.Is("system_fingerprint"u8))
        {
            _constants = _constants with { SystemFingerprint = ReplyFacts.FirstText(ref reader, _constants.SystemFingerprint) };
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadRareMember(ref Utf8JsonReader reader)
    {
        if (reader.Is("delta"u8))
        {
            // The agent format.
            Require(false);
        }
        else if (reader.Is("finish_reason"u8) || reader.Is("error"u8) || reader.Is("error_code"u8) || reader.Is("type"u8)
            || reader.Is("databricks_output"u8) || reader.Is("custom_outputs"u8) || reader.Is("databricks_service_policy"u8))
        {
            // The end of the stream, an error, a denial, or agent outputs.
            RequireNull(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadChoice(ref Utf8JsonReader reader)
    {
        while (_slots.IsSupported && reader.NextProperty())
        {
            if (reader.Is("delta"u8))
            {
                Require(!_hasDelta && reader.NextIsObject());
                _hasDelta = true;
                ReadDelta(ref reader);
            }
            else if (reader.Is("index"u8))
            {
                reader.Read();
                Require(reader.TokenType == JsonTokenType.Number && reader.ValueSpan.SequenceEqual("0"u8));
            }
            else if (reader.Is("message"u8) || reader.Is("finish_reason"u8) || reader.Is("logprobs"u8))
            {
                RequireNull(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadDelta(ref Utf8JsonReader reader)
    {
        while (_slots.IsSupported && reader.NextProperty())
        {
            if (reader.Is("content"u8))
            {
                ReadContent(ref reader);
            }
            else if (reader.Is("reasoning_content"u8))
            {
                AddText(ref reader, TemplateSlotKind.Sibling);
            }
            else if (reader.Is("role"u8))
            {
                _constants = _constants with { Role = MessageFromWire.RoleFrom(ref reader) ?? _constants.Role };
            }
            else if (reader.Is("tool_calls"u8) || reader.Is("function_call"u8) || reader.Is("refusal"u8) || reader.Is("annotations"u8)
                || reader.Is("id"u8) || reader.Is("tool_call_id"u8))
            {
                RequireNull(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadContent(ref Utf8JsonReader reader)
    {
        var before = reader;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader = before;
            AddText(ref reader, TemplateSlotKind.Text);
            return;
        }

        Require(reader.NextIsItem() && reader.IsOrSkip(JsonTokenType.StartObject) && reader.NextProperty() && reader.Is("type"u8));
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && reader.Is("text"u8))
        {
            ReadText(ref reader);
        }
        else
        {
            Require(reader.TokenType == JsonTokenType.String && reader.Is("reasoning"u8));
            ReadReasoning(ref reader);
        }

        Require(_slots.IsSupported && !reader.NextIsItem());
    }

    private void ReadText(ref Utf8JsonReader reader)
    {
        while (_slots.IsSupported && reader.NextProperty())
        {
            if (reader.Is("text"u8))
            {
                AddText(ref reader, TemplateSlotKind.Text);
            }
            else
            {
                RequireNull(ref reader);
            }
        }
    }

    private void ReadReasoning(ref Utf8JsonReader reader)
    {
        while (_slots.IsSupported && reader.NextProperty())
        {
            Require(reader.Is("summary"u8) && reader.NextIsArray() && reader.NextIsItem() && reader.IsOrSkip(JsonTokenType.StartObject));
            while (_slots.IsSupported && reader.NextProperty())
            {
                if (reader.Is("text"u8))
                {
                    AddText(ref reader, TemplateSlotKind.Summary);
                }
                else
                {
                    ReadSummaryMember(ref reader);
                }
            }

            Require(_slots.IsSupported && !reader.NextIsItem());
        }
    }

    // A signature ends the reasoning; until then it may be present and empty.
    private void ReadSummaryMember(ref Utf8JsonReader reader)
    {
        var (isType, isSignature) = (reader.Is("type"u8), reader.Is("signature"u8));
        reader.Read();
        Require(reader.TokenType == JsonTokenType.Null
            || (reader.TokenType == JsonTokenType.String && (isType || (isSignature && reader.ValueSpan.IsEmpty))));
    }

    // An empty string next to the text is constant; a second non-empty text is not supported.
    private void AddText(ref Utf8JsonReader reader, TemplateSlotKind kind)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty)
        {
            Require(kind == TemplateSlotKind.Id || !_hasText);
            _hasText |= kind != TemplateSlotKind.Id;
            _slots.Add((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length, kind);
        }
        else
        {
            Require(reader.TokenType is JsonTokenType.String or JsonTokenType.Null);
        }
    }

    private void RequireNull(ref Utf8JsonReader reader)
    {
        reader.Read();
        Require(reader.TokenType == JsonTokenType.Null);
    }

    private void Require(bool isSupported) => _slots.Require(isSupported);
}
