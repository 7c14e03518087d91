using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>One choice of a document.</summary>
internal sealed class ChoiceFromWire
{
    private JsonElement? _logProbs;

    private ChoiceFromWire(AnswerBuilder answer) => Answer = answer;

    public int Index { get; private set; }

    public AnswerBuilder Answer { get; }

    public string? FinishReason { get; private set; }

    /// <summary>Reads a choice; the reader is positioned on its start.</summary>
    public static ChoiceFromWire Read(ref Utf8JsonReader reader, int position, ReasoningContext reasoning)
    {
        var choice = new ChoiceFromWire(new AnswerBuilder(isWhole: true, reasoning)) { Index = position };
        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("index"u8))
            {
                choice.Index = reader.NextIndex("choice") ?? position;
            }
            else if (reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("delta"u8))
            {
                if (reader.NextIsObject())
                {
                    MessageFromWire.Read(ref reader, choice.Answer);
                }
            }
            else if (reader.ValueTextEquals("finish_reason"u8))
            {
                choice.FinishReason = reader.NextString();
            }
            else if (reader.ValueTextEquals("logprobs"u8))
            {
                choice._logProbs = reader.NextElement();
            }
            else
            {
                reader.Skip();
            }
        }

        return choice;
    }

    /// <summary>
    /// The message id, which differs between choices: the id of the response, followed by the index of further choices. Never null.
    /// </summary>
    public static string MessageId(ReplyFacts facts, int index) =>
        index == 0 ? facts.MessageIdBase ?? "choice-0" : $"{facts.MessageIdBase ?? "choice"}-{index}";

    /// <summary>The prefix of generated call ids, or null when the response has no id.</summary>
    public static string? CallIdPrefix(ReplyFacts facts, int index) => facts.MessageIdBase is null ? null : MessageId(facts, index);

    public AdditionalPropertiesDictionary? ToProperties(bool isFirst)
    {
        AdditionalPropertiesDictionary? properties = null;
        if (_logProbs is { } logProbs)
        {
            (properties ??= [])[DatabricksPropertyNames.LogProbs] = logProbs;
        }

        if (!isFirst && FinishReason is not null)
        {
            (properties ??= [])[DatabricksPropertyNames.FinishReason] = FinishReason;
        }

        return properties;
    }
}
