using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>
/// The choices of one stream. Updates of the first choice are returned immediately. Further choices (<c>n</c> above 1) are interleaved with
/// it in the stream; because updates of different messages must not be mixed, each is returned as one message at the end.
/// </summary>
internal sealed class ChoiceStreams(ReplyFacts facts, ReasoningContext reasoning)
{
    /// <summary>Up to this number of choices, a linear search is faster than a dictionary.</summary>
    private const int MostWithoutIndex = 8;

    private readonly List<ChoiceStream> _choices = [];
    private Dictionary<int, ChoiceStream>? _byIndex;
    private ChoiceStream? _changed;
    private bool? _hasNoIndexButZero;

    public bool Any => _choices.Count > 0;

    public bool AreFinished =>
        _choices.Count > 0 && _choices.TrueForAll(static choice => FinishReasonFromWire.IsGiven(choice.FinishReason));

    /// <summary>Reads an array of choices; the reader is positioned on its property name.</summary>
    /// <param name="reader">Reads <paramref name="data"/>.</param>
    /// <param name="data">The event data.</param>
    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        if (!reader.NextIsArray())
        {
            return;
        }

        for (var position = 0; reader.NextItem(reasoning.Items); position++)
        {
            if (reader.IsOrSkip(JsonTokenType.StartObject))
            {
                ReadChoice(ref reader, position, data);
            }
        }
    }

    private void ReadChoice(ref Utf8JsonReader reader, int position, ReadOnlySpan<byte> data)
    {
        // The index may follow the delta: the delta is then read in a second pass, unless the index is already known.
        ChoiceStream? choice = null;
        Utf8JsonReader delta = default;
        var hasDelta = false;
        string? finishReason = null;
        JsonElement? logProbs = null;
        while (reader.NextProperty())
        {
            if (reader.Is("index"u8))
            {
                choice = ChoiceAt(reader.NextIndex("choice") ?? position);
            }
            else if (reader.Is("delta"u8) || reader.Is("message"u8))
            {
                choice ??= position == 0 && HasNoIndexButZero(data) ? ChoiceAt(0) : null;
                if (choice is not null)
                {
                    ReadDelta(ref reader, choice);
                    continue;
                }

                delta = reader;
                hasDelta = true;
                reader.Skip();
            }
            else if (reader.Is("finish_reason"u8))
            {
                finishReason = reader.NextString();
            }
            else if (reader.Is("logprobs"u8))
            {
                logProbs = reader.NextElement();
            }
            else
            {
                reader.Skip();
            }
        }

        choice ??= ChoiceAt(position);
        if (hasDelta)
        {
            ReadDelta(ref delta, choice);
        }

        choice.FinishReason = FinishReasonFromWire.IsGiven(finishReason) ? finishReason : choice.FinishReason;
        choice.LogProbs = logProbs ?? choice.LogProbs;
    }

    // Claude endpoints put the index last on every chunk, and a second pass over reasoning arrays costs a fifth of the chunk's time. Inside
    // a JSON string the quotation marks would be escaped, so what is found here is a member: the choice's own, or a tool call's.
    private bool HasNoIndexButZero(ReadOnlySpan<byte> data) => _hasNoIndexButZero ??= LookForIndex(data);

    private bool LookForIndex(ReadOnlySpan<byte> data)
    {
        reasoning.Items.Step(data.Length);
        if (data.IndexOf("\\u"u8) >= 0)
        {
            // A name may be written with escapes, and would not be found.
            return false;
        }

        var name = "\"index\""u8;
        for (var at = data.IndexOf(name); at >= 0; at = data.IndexOf(name))
        {
            data = data[(at + name.Length)..];
            if (!data.StartsWith(":0,"u8) && !data.StartsWith(":0}"u8))
            {
                return false;
            }
        }

        return true;
    }

    private static void ReadDelta(ref Utf8JsonReader reader, ChoiceStream choice)
    {
        if (reader.NextIsObject())
        {
            MessageFromWire.Read(ref reader, choice.Answer);
        }
    }

    private ChoiceStream ChoiceAt(int index)
    {
        var choice = Find(index) ?? Added(index);
        if (!choice.IsChanged)
        {
            choice.IsChanged = true;
            (choice.NextChanged, _changed) = (_changed, choice);
        }

        return choice;
    }

    private ChoiceStream? Find(int index)
    {
        if (_byIndex is not null)
        {
            return _byIndex.GetValueOrDefault(index);
        }

        foreach (var choice in _choices)
        {
            reasoning.Items.Step();
            if (choice.Index == index)
            {
                return choice;
            }
        }

        return null;
    }

    private ChoiceStream Added(int index)
    {
        reasoning.Held.Spend();
        var added = new ChoiceStream(index, isLive: index == 0, new AnswerBuilder(isWhole: false, reasoning), reasoning.Held);
        _choices.Add(added);
        if (_byIndex is null && _choices.Count > MostWithoutIndex)
        {
            _byIndex = _choices.ToDictionary(choice => choice.Index);
        }
        else
        {
            _byIndex?.Add(index, added);
        }

        return added;
    }

    /// <summary>The choice whose updates are returned immediately; created on first use.</summary>
    public AnswerBuilder First => ChoiceAt(0).Answer;

    /// <summary>Takes the updates of the first choice; only choices that the current event changed are visited.</summary>
    public void TakeUpdates(List<ChatResponseUpdate> updates)
    {
        _hasNoIndexButZero = null;
        for (var choice = _changed; choice is not null; choice = choice.NextChanged)
        {
            reasoning.Items.Step();
            choice.IsChanged = false;
            choice.TakeUpdate(facts, updates);
        }

        _changed = null;
    }

    public void End(List<ChatResponseUpdate> updates)
    {
        _choices.Sort(static (a, b) => a.Index.CompareTo(b.Index));
        for (var i = 0; i < _choices.Count; i++)
        {
            _choices[i].End(facts, updates, isFirst: i == 0);
        }
    }
}
