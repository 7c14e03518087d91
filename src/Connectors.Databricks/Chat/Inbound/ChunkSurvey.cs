using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Inbound;

/// <summary>
/// Looks at a chunk that was read, for the pattern of those that follow. There is one only when all that the chunk says, but for one text and
/// its counts, says nothing new when it is said again; so a chunk with a call, a signature, a finish reason or a citation makes none.
/// </summary>
internal sealed class ChunkSurvey
{
    private readonly List<ChunkGap> _gaps = [];
    private readonly bool _isTimeKnown;
    private bool _isUsual = true;
    private bool _hasText;
    private bool _hasChoices;
    private bool _hasDelta;

    private ChunkSurvey(bool isTimeKnown) => _isTimeKnown = isTimeKnown;

    /// <summary>The pattern of a chunk; null when it is not of the usual kind.</summary>
    /// <param name="chunk">A chunk that was read without complaint.</param>
    /// <param name="options">How it was read.</param>
    /// <param name="isTimeKnown">Whether the time of the answer is known: some services write the time of each chunk there.</param>
    public static ChunkPattern? Pattern(ReadOnlySpan<byte> chunk, JsonReaderOptions options, bool isTimeKnown)
    {
        var survey = new ChunkSurvey(isTimeKnown);
        var reader = new Utf8JsonReader(chunk, options);
        reader.Read();
        survey._isUsual = reader.TokenType == JsonTokenType.StartObject;
        while (survey._isUsual && reader.NextProperty())
        {
            survey.Look(ref reader);
        }

        return survey._isUsual && survey._hasText && survey._gaps.Count <= ChunkPattern.MostGaps ? new ChunkPattern(chunk.ToArray(), [.. survey._gaps]) : null;
    }

    private void Look(ref Utf8JsonReader reader)
    {
        if (reader.Is("choices"u8))
        {
            Require(!_hasChoices && reader.NextIsArray() && reader.NextItem() && reader.IsOrSkip(JsonTokenType.StartObject));
            _hasChoices = true;
            LookAtChoice(ref reader);
            Require(_isUsual && !reader.NextItem());
        }
        else if (reader.Is("usage"u8))
        {
            LookAtUsage(ref reader);
        }
        else if (reader.Is("created"u8) && _isTimeKnown)
        {
            TakeNumber(ref reader, count: null);
        }
        else if (reader.Is("delta"u8) || reader.Is("finish_reason"u8) || reader.Is("error"u8) || reader.Is("error_code"u8) || reader.Is("type"u8))
        {
            // An agent's shape, the end, or an error.
            RequireNull(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private void LookAtChoice(ref Utf8JsonReader reader)
    {
        while (_isUsual && reader.NextProperty())
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
        while (_isUsual && reader.NextProperty())
        {
            if (reader.Is("content"u8))
            {
                LookAtContent(ref reader);
            }
            else if (reader.Is("reasoning_content"u8))
            {
                TakeText(ref reader, ChunkGapKind.Sibling);
            }
            else if (reader.Is("tool_calls"u8) || reader.Is("function_call"u8) || reader.Is("refusal"u8) || reader.Is("annotations"u8))
            {
                RequireNull(ref reader);
            }
            else
            {
                // The role and ids among them: the same as before.
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

        Require(reader.NextItem() && reader.IsOrSkip(JsonTokenType.StartObject) && reader.NextProperty() && reader.Is("type"u8));
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

        Require(_isUsual && !reader.NextItem());
    }

    private void LookAtText(ref Utf8JsonReader reader)
    {
        while (_isUsual && reader.NextProperty())
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
        while (_isUsual && reader.NextProperty())
        {
            Require(reader.Is("summary"u8) && reader.NextIsArray() && reader.NextItem() && reader.IsOrSkip(JsonTokenType.StartObject));
            while (_isUsual && reader.NextProperty())
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

            Require(_isUsual && !reader.NextItem());
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

    private void LookAtUsage(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (_isUsual && reader.NextProperty())
        {
            if (UsageFromWire.CountOf(ref reader) is { } count)
            {
                TakeNumber(ref reader, count);
            }
            else
            {
                reader.Read();
                if (reader.IsOrSkip(JsonTokenType.StartObject))
                {
                    LookAtDetails(ref reader);
                }
            }
        }
    }

    private void LookAtDetails(ref Utf8JsonReader reader)
    {
        while (_isUsual && reader.NextProperty())
        {
            if (UsageFromWire.DetailOf(ref reader) is { } count)
            {
                TakeNumber(ref reader, count);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // A time that is not a plain number stays what it is: the next chunk fits if it says the same. Of a count there may be a second, which is
    // last and therefore counts: both must be gaps.
    private void TakeNumber(ref Utf8JsonReader reader, UsageCount? count)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && !reader.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            _gaps.Add(new ChunkGap((int)reader.TokenStartIndex, reader.ValueSpan.Length, ChunkGapKind.Number, count));
        }
        else
        {
            Require(count is null || reader.TokenType != JsonTokenType.Number);
            reader.Skip();
        }
    }

    // An empty text beside the one that speaks says nothing; a second one that speaks is not usual.
    private void TakeText(ref Utf8JsonReader reader, ChunkGapKind kind)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty)
        {
            Require(!_hasText);
            _hasText = true;
            _gaps.Add(new ChunkGap((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length, kind, Count: null));
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

    private void Require(bool isUsual) => _isUsual &= isUsual;
}
