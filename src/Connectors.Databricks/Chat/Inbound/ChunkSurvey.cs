using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Inbound;

/// <summary>
/// Looks at a chunk that was read, for the pattern of those that follow, in its stream and in others. There is one only when all that the chunk
/// says is one text, what is counted, and the few facts that a reply has; so a chunk with a call, a signature, a finish reason or a citation makes none.
/// </summary>
internal sealed class ChunkSurvey
{
    private readonly ChunkCuts _cuts = new();
    private ChunkFacts _said = new(null, null, null, null);
    private bool _hasText;
    private bool _hasChoices;
    private bool _hasDelta;
    private bool _hasId;
    private bool _hasTime;

    /// <summary>The pattern of a chunk; null when it is not of the usual kind.</summary>
    /// <param name="chunk">A chunk that was read without complaint.</param>
    /// <param name="options">How it was read.</param>
    public static ChunkPattern? Pattern(ReadOnlySpan<byte> chunk, JsonReaderOptions options)
    {
        var survey = new ChunkSurvey();
        try
        {
            survey.LookAtChunk(new Utf8JsonReader(chunk, options));
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            // A text that its reader passed over, since it knew the fact already.
            return null;
        }

        return survey._hasText ? survey._cuts.Pattern(chunk, survey._said) : null;
    }

    private void LookAtChunk(Utf8JsonReader reader)
    {
        reader.Read();
        Require(reader.TokenType == JsonTokenType.StartObject);
        while (_cuts.AreUsual && reader.NextProperty())
        {
            Look(ref reader);
        }
    }

    private void Look(ref Utf8JsonReader reader)
    {
        if (reader.Is("choices"u8))
        {
            Require(!_hasChoices && reader.NextIsArray() && reader.NextIsItem() && reader.IsOrSkip(JsonTokenType.StartObject));
            _hasChoices = true;
            LookAtChoice(ref reader);
            Require(_cuts.AreUsual && !reader.NextIsItem());
        }
        else if (reader.Is("usage"u8))
        {
            UsageSurvey.Look(ref reader, _cuts);
        }
        else if (reader.Is("created"u8))
        {
            Require(!_hasTime);
            _hasTime = true;
            _cuts.TakeNumber(ref reader, ChunkGapKind.Created);
        }
        else if (reader.Is("id"u8))
        {
            Require(!_hasId);
            _hasId = true;
            TakeText(ref reader, ChunkGapKind.Id);
        }
        else if (!IsFact(ref reader))
        {
            LookAtRare(ref reader);
        }
    }

    private bool IsFact(ref Utf8JsonReader reader)
    {
        if (reader.Is("model"u8))
        {
            _said = _said with { Model = ReplyFacts.FirstText(ref reader, _said.Model) };
        }
        else if (reader.Is("service_tier"u8))
        {
            _said = _said with { ServiceTier = ReplyFacts.FirstText(ref reader, _said.ServiceTier) };
        }
        else if (reader.Is("system_fingerprint"u8))
        {
            _said = _said with { SystemFingerprint = ReplyFacts.FirstText(ref reader, _said.SystemFingerprint) };
        }
        else
        {
            return false;
        }

        return true;
    }

    private void LookAtRare(ref Utf8JsonReader reader)
    {
        if (reader.Is("delta"u8))
        {
            // An agent's shape.
            Require(false);
        }
        else if (reader.Is("finish_reason"u8) || reader.Is("error"u8) || reader.Is("error_code"u8) || reader.Is("type"u8)
            || reader.Is("databricks_output"u8) || reader.Is("custom_outputs"u8))
        {
            // The end, an error, or what agents add.
            RequireNull(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private void LookAtChoice(ref Utf8JsonReader reader)
    {
        while (_cuts.AreUsual && reader.NextProperty())
        {
            if (reader.Is("delta"u8))
            {
                Require(!_hasDelta && reader.NextIsObject());
                _hasDelta = true;
                LookAtDelta(ref reader);
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

    private void LookAtDelta(ref Utf8JsonReader reader)
    {
        while (_cuts.AreUsual && reader.NextProperty())
        {
            if (reader.Is("content"u8))
            {
                LookAtContent(ref reader);
            }
            else if (reader.Is("reasoning_content"u8))
            {
                TakeText(ref reader, ChunkGapKind.Sibling);
            }
            else if (reader.Is("role"u8))
            {
                _said = _said with { Role = MessageFromWire.RoleFrom(ref reader) ?? _said.Role };
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

    private void LookAtContent(ref Utf8JsonReader reader)
    {
        var before = reader;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader = before;
            TakeText(ref reader, ChunkGapKind.Text);
            return;
        }

        Require(reader.NextIsItem() && reader.IsOrSkip(JsonTokenType.StartObject) && reader.NextProperty() && reader.Is("type"u8));
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && reader.Is("text"u8))
        {
            LookAtText(ref reader);
        }
        else
        {
            Require(reader.TokenType == JsonTokenType.String && reader.Is("reasoning"u8));
            LookAtReasoning(ref reader);
        }

        Require(_cuts.AreUsual && !reader.NextIsItem());
    }

    private void LookAtText(ref Utf8JsonReader reader)
    {
        while (_cuts.AreUsual && reader.NextProperty())
        {
            if (reader.Is("text"u8))
            {
                TakeText(ref reader, ChunkGapKind.Text);
            }
            else
            {
                RequireNull(ref reader);
            }
        }
    }

    private void LookAtReasoning(ref Utf8JsonReader reader)
    {
        while (_cuts.AreUsual && reader.NextProperty())
        {
            Require(reader.Is("summary"u8) && reader.NextIsArray() && reader.NextIsItem() && reader.IsOrSkip(JsonTokenType.StartObject));
            while (_cuts.AreUsual && reader.NextProperty())
            {
                if (reader.Is("text"u8))
                {
                    TakeText(ref reader, ChunkGapKind.Summary);
                }
                else
                {
                    LookAtSeal(ref reader);
                }
            }

            Require(_cuts.AreUsual && !reader.NextIsItem());
        }
    }

    // A signature closes what was thought, and may be there and empty until then.
    private void LookAtSeal(ref Utf8JsonReader reader)
    {
        var (isWord, isSignature) = (reader.Is("type"u8), reader.Is("signature"u8));
        reader.Read();
        Require(reader.TokenType == JsonTokenType.Null
            || (reader.TokenType == JsonTokenType.String && (isWord || (isSignature && reader.ValueSpan.IsEmpty))));
    }

    // An empty text beside the one that speaks says nothing; a second one that speaks is not usual.
    private void TakeText(ref Utf8JsonReader reader, ChunkGapKind kind)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty)
        {
            Require(kind == ChunkGapKind.Id || !_hasText);
            _hasText |= kind != ChunkGapKind.Id;
            _cuts.Add((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length, kind);
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

    private void Require(bool isUsual) => _cuts.Require(isUsual);
}
