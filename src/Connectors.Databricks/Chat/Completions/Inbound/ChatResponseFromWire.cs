using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>Reads a chat document: choices of a chat endpoint, or messages of a chat agent.</summary>
internal sealed class ChatResponseFromWire
{
    private readonly ServingCall _call;
    private readonly ServedDocument _document;
    private readonly ReasoningContext _reasoning;
    private readonly ReplyFacts _facts;
    private readonly ItemBudget _items;
    private readonly List<ChoiceFromWire> _choices = new(1);
    private List<AnswerBuilder>? _messages;
    private string? _finishReason;
    private bool _isError;
    private string? _nonChatShape;

    private ChatResponseFromWire(ServingCall call, ServedDocument document, ReasoningContext reasoning, CancellationToken cancellationToken)
    {
        var limits = document.Reply.Limits;
        _call = call;
        _document = document;
        _items = new ItemBudget(limits.MaxItems, cancellationToken);
        _reasoning = reasoning with { MaxToolArgumentBytes = limits.MaxToolArgumentBytes, Items = _items };
        _facts = new ReplyFacts(document.Reply, _items);
    }

    /// <exception cref="DatabricksServingException">The body is an error, not JSON, or not a chat response.</exception>
    public static ChatResponse Read(
        ServingCall call, ServedDocument document, ReasoningContext reasoning, CancellationToken cancellationToken) =>
        ReplyDocument.Read(ReadJson, call, document, reasoning, cancellationToken);

    private static ChatResponse ReadJson(
        ServingCall call, ServedDocument document, byte[] json, ReasoningContext reasoning, CancellationToken cancellationToken)
    {
        var reading = new ChatResponseFromWire(call, document, reasoning, cancellationToken);
        JsonBounds.Require(json, document.Reply.Limits.MaxJsonValues, document.Reply.Json, cancellationToken);
        reading.ReadDocument(json);
        return reading.ToResponse(json);
    }

    private void ReadDocument(byte[] json)
    {
        JsonReading.RequireUtf8(json);
        var reader = new Utf8JsonReader(json, _document.Reply.Json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            _nonChatShape = "a JSON value that is not an object";
            reader.Skip();
            return;
        }

        while (reader.NextProperty())
        {
            if (!_facts.TryRead(ref reader))
            {
                ReadMember(ref reader);
            }
        }

        // Bytes after the document make it invalid JSON.
        reader.Read();
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("choices"u8))
        {
            ReadChoices(ref reader);
        }
        else if (reader.ValueTextEquals("messages"u8))
        {
            ReadMessages(ref reader);
        }
        else if (reader.ValueTextEquals("finish_reason"u8))
        {
            _finishReason = reader.NextString();
        }
        else if (reader.ValueTextEquals("error"u8) || reader.ValueTextEquals("error_code"u8))
        {
            _isError |= reader.NextIsError(isErrorName: true);
        }
        else
        {
            _nonChatShape = NonChatShapes.Named(ref reader) ?? _nonChatShape;
            reader.Skip();
        }
    }

    private void ReadChoices(ref Utf8JsonReader reader)
    {
        if (!reader.NextIsArray())
        {
            return;
        }

        for (var position = 0; reader.NextItem(_items); position++)
        {
            if (reader.IsOrSkip(JsonTokenType.StartObject))
            {
                _choices.Add(ChoiceFromWire.Read(ref reader, position, _reasoning));
            }
        }
    }

    private void ReadMessages(ref Utf8JsonReader reader)
    {
        if (!reader.NextIsArray())
        {
            return;
        }

        while (reader.NextItem(_items))
        {
            if (reader.IsOrSkip(JsonTokenType.StartObject))
            {
                var message = new AnswerBuilder(isWhole: true, _reasoning);
                MessageFromWire.Read(ref reader, message);
                (_messages ??= []).Add(message);
            }
        }
    }

    private ChatResponse ToResponse(byte[] json)
    {
        if (_isError)
        {
            using var document = JsonDocument.Parse(json);
            throw ServingExceptions.ErrorInBody(_call, _document.Reply, document.RootElement);
        }

        var response = _choices.Count > 0 ? FromChoices() : _messages is not null ? FromMessages(_messages) :
            _facts.IsDenied ? new ChatResponse(new ChatMessage(ChatRole.Assistant, [])) : throw NoAnswer();
        response.ResponseId = _facts.Id;
        response.ModelId = _facts.Model;
        response.CreatedAt = _facts.CreatedAt;
        response.Usage = _facts.Usage.ToDetails();
        response.AdditionalProperties = _facts.ToProperties();
        response.RawRepresentation = _document.Reply.Raw(_document.Body);
        if (_facts.Denial(response.FinishReason) is { } denial)
        {
            response.FinishReason = ChatFinishReason.ContentFilter;
            response.AdditionalProperties = ServicePolicyFromWire.AddTo(response.AdditionalProperties, denial);
        }

        return response;
    }

    private ChatResponse FromChoices()
    {
        _choices.Sort(static (a, b) => a.Index.CompareTo(b.Index));
        var messages = new List<ChatMessage>(_choices.Count);
        for (var i = 0; i < _choices.Count; i++)
        {
            var choice = _choices[i];
            choice.Answer.Complete(ChoiceFromWire.CallIdPrefix(_facts, choice.Index));
            messages.Add(new ChatMessage(choice.Answer.Role ?? ChatRole.Assistant, choice.Answer.Take() ?? [])
            {
                MessageId = ChoiceFromWire.MessageId(_facts, choice.Index),
                CreatedAt = _facts.CreatedAt,
                AdditionalProperties = choice.ToProperties(isFirst: i == 0),
            });
        }

        return new ChatResponse(messages)
        {
            FinishReason = FinishReasonFromWire.Read(_choices[0].FinishReason, _choices[0].Answer.HasCalls),
        };
    }

    private ChatResponse FromMessages(List<AnswerBuilder> answers)
    {
        var messages = AgentMessages.ToMessages(answers, _facts.MessageIdBase);
        return new ChatResponse(messages) { FinishReason = FinishReasonFromWire.Read(_finishReason, hasCalls: false) };
    }

    private DatabricksServingException NoAnswer() => ServingExceptions.Unexpected(
        _call, _document.Reply, _nonChatShape ?? "a JSON object without choices or messages",
        $"Check that the endpoint's task is chat (llm/v1/chat, agent/v1/chat or agent/v2/chat).");
}
