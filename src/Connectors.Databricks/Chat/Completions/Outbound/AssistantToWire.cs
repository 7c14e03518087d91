using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>Writes an assistant turn: text, reasoning in its original format, and tool calls.</summary>
/// <param name="writer">The JSON writer.</param>
/// <param name="request">The request, for cache control and the endpoint.</param>
/// <param name="serializerOptions">The serializer options of the caller's types.</param>
/// <param name="results">Writes the tool results and moved contents that precede a turn.</param>
internal sealed class AssistantToWire(
    Utf8JsonWriter writer, ChatRequest request, JsonSerializerOptions serializerOptions, ToolResultsToWire results)
{
    private readonly Predicate<AIContent> _isPlainText =
        part => part is TextContent && !CacheControl.Of(request, part.AdditionalProperties).IsSet;

    /// <returns>Whether the turn was written; a turn without content is omitted.</returns>
    public bool Write(ChatMessage message)
    {
        var turn = new Turn();
        for (var i = 0; i < message.Contents.Count; i++)
        {
            turn.Add(message.Contents[i]);
        }

        if (turn.IsEmpty)
        {
            return false;
        }

        results.WriteMovedContents();
        writer.WriteStartObject();
        writer.WriteString("role"u8, "assistant"u8);
        WriteContent(turn, CacheControl.Of(request, message.AdditionalProperties));
        if (turn.SiblingReasoning is { } reasoning)
        {
            writer.WriteString("reasoning_content"u8, reasoning);
        }

        if (turn.Calls is { } calls)
        {
            writer.WriteStartArray("tool_calls"u8);
            foreach (var call in calls)
            {
                ToolCallToWire.Write(writer, request, call, serializerOptions);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        return true;
    }

    private void WriteContent(Turn turn, CacheControl atEnd)
    {
        if (turn.Parts.Count == 0)
        {
            writer.WriteNull("content"u8);
        }
        else if (!atEnd.IsSet && turn.Parts.TrueForAll(_isPlainText))
        {
            // Citations split a text into several contents; the wire format is one string.
            writer.WriteString(
                "content"u8, turn.Parts is [TextContent only]
                    ? only.Text
                    : string.Concat(turn.Parts.Select(part => ((TextContent)part).Text)));
        }
        else
        {
            writer.WriteStartArray("content"u8);
            for (var i = 0; i < turn.Parts.Count; i++)
            {
                if (turn.Parts[i] is TextReasoningContent)
                {
                    i = ReasoningToWire.Write(writer, turn.Parts, i);
                }
                else
                {
                    var own = CacheControl.Of(request, turn.Parts[i]?.AdditionalProperties);
                    WritePart(turn.Parts[i], own.IsSet || i < turn.Parts.Count - 1 ? own : atEnd);
                }
            }

            writer.WriteEndArray();
        }
    }

    private void WritePart(AIContent part, CacheControl cacheControl)
    {
        if (ContentRules.UnknownPart(part) is { } unknown)
        {
            // The model that sent it accepts it.
            unknown.WriteTo(writer);
            return;
        }

        ContentPartToWire.Write(writer, part, "an assistant message", cacheControl);
    }

    /// <summary>The contents of a turn, grouped by their place in the message.</summary>
    private sealed class Turn
    {
        public List<AIContent> Parts { get; } = new(1);

        public List<FunctionCallContent>? Calls { get; private set; }

        public string? SiblingReasoning { get; private set; }

        public bool IsEmpty => Parts.Count == 0 && Calls is null && SiblingReasoning is null;

        public void Add(AIContent content)
        {
            switch (content)
            {
                case FunctionCallContent call:
                    (Calls ??= []).Add(call);
                    break;
                case TextReasoningContent reasoning:
                    AddReasoning(reasoning);
                    break;
                case ErrorContent error:
                    // A refusal is sent as text of the assistant.
                    Add(new TextContent(error.Message));
                    break;
                case FunctionResultContent:
                    // Written as a separate tool message after this one.
                    break;
                case var carrier when StoredItem.IsCarrier(carrier):
                    // Only the Responses API takes items back.
                    break;
                default:
                    if (!ContentRules.IsSkipped(content))
                    {
                        Parts.Add(content);
                    }

                    break;
            }
        }

        // Reasoning of another provider is not sent: no endpoint accepts it (docs/decisions/0006).
        private void AddReasoning(TextReasoningContent reasoning)
        {
            switch (ProtectedReasoning.Read(reasoning.ProtectedData)?.Kind)
            {
                case null or ReasoningKind.Item:
                case ReasoningKind.Summary or ReasoningKind.Sibling when reasoning.Text.Length == 0:
                    break;
                case ReasoningKind.Sibling:
                    SiblingReasoning += reasoning.Text;
                    break;
                default:
                    Parts.Add(reasoning);
                    break;
            }
        }
    }
}
