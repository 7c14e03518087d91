using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.TextCompletions.Inbound;

/// <summary>Reads a completion document, or the chunks of a stream, and keeps their metadata.</summary>
internal sealed class CompletionDocument(ServingCall call, ServingReply reply, CancellationToken cancellationToken)
{
    private readonly ItemBudget _items = new(reply.Limits.MaxItems, cancellationToken);

    private readonly Dictionary<int, SurrogatePairJoiner> _pairs = [];

    public string? Id { get; private set; }

    public string? Model { get; private set; }

    public DateTimeOffset? CreatedAt { get; private set; }

    public UsageFromWire Usage { get; } = new(new ItemBudget(reply.Limits.MaxItems, cancellationToken));

    /// <summary>The choices of the last document.</summary>
    public List<DatabricksCompletionChoice> Choices { get; } = [];

    /// <summary>Whether choices are messages, as in a chat response.</summary>
    public bool IsChat { get; private set; }

    /// <exception cref="DatabricksServingException">The document is an error, or not JSON.</exception>
    public void Read(ReadOnlySpan<byte> data, bool isErrorEvent)
    {
        Choices.Clear();
        if (PythonJson.MayOccur(data) && PythonJson.Replaced(data) is { } json)
        {
            data = json;
        }

        try
        {
            JsonReading.RequireUtf8(data);
            JsonBounds.Require(data, reply.Limits.MaxJsonValues, reply.Json, cancellationToken);
            _items.Reset();
            var reader = new Utf8JsonReader(data, reply.Json);
            reader.Read();
            var isError = isErrorEvent;
            if (reader.IsOrSkip(JsonTokenType.StartObject))
            {
                while (reader.NextProperty())
                {
                    isError |= ReadMember(ref reader);
                }
            }

            // Bytes after the document make it invalid JSON.
            reader.Read();
            if (isError)
            {
                using var document = JsonDocument.Parse(data.ToArray());
                throw ServingExceptions.ErrorInBody(call, reply, document.RootElement);
            }
        }
        catch (BoundExceededException exception)
        {
            throw ServingExceptions.TooLarge(call, reply, exception.Limit, exception.Name);
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            throw ServingExceptions.Malformed(call, reply, exception);
        }
    }

    // Returns whether the member is an error.
    private bool ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.Is("choices"u8))
        {
            ReadChoices(ref reader);
        }
        else if (reader.Is("id"u8))
        {
            Id = reader.NextString() ?? Id;
        }
        else if (reader.Is("model"u8))
        {
            Model = reader.NextString() ?? Model;
        }
        else if (reader.Is("created"u8))
        {
            // Zero, negative and out-of-range values count as missing.
            CreatedAt = reader.NextInt64() is > 0 and <= 253_402_300_799 and var seconds
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : CreatedAt;
        }
        else if (reader.Is("usage"u8))
        {
            Usage.Read(ref reader);
        }
        else
        {
            var isErrorName = reader.Is("error"u8) || reader.Is("error_code"u8);
            return reader.NextIsError(isErrorName);
        }

        return false;
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
                Choices.Add(ReadChoice(ref reader, position));
            }
        }
    }

    private DatabricksCompletionChoice ReadChoice(ref Utf8JsonReader reader, int position)
    {
        int? index = null;
        string? text = null, finishReason = null;
        JsonElement? logProbs = null;
        while (reader.NextProperty())
        {
            if (reader.Is("text"u8))
            {
                text = reader.NextText();
            }
            else if (reader.Is("index"u8))
            {
                index = reader.NextIndex("choice");
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
                IsChat |= reader.Is("message"u8) || reader.Is("delta"u8);
                reader.Skip();
            }
        }

        ChatFinishReason? reason = string.IsNullOrEmpty(finishReason) ? null : new ChatFinishReason(finishReason);
        return new DatabricksCompletionChoice
        {
            Index = index ?? position,
            Text = Joined(index ?? position, text) ?? string.Empty,
            FinishReason = reason,
            LogProbs = logProbs,
        };
    }

    // A surrogate pair may be split over two chunks of a choice.
    private string? Joined(int index, string? text)
    {
        if (text is not { Length: > 0 } || (_pairs.Count == 0 && !char.IsHighSurrogate(text[^1]) && !char.IsLowSurrogate(text[0])))
        {
            return text;
        }

        _pairs.Remove(index, out var pair);
        text = pair.Join(text);
        if (pair.IsWaiting)
        {
            _pairs[index] = pair;
        }

        return text;
    }

    /// <summary>Validates that no text ends with half a surrogate pair.</summary>
    /// <exception cref="DatabricksServingException">One does.</exception>
    public void RequireWhole()
    {
        if (_pairs.Count > 0)
        {
            throw ServingExceptions.Malformed(call, reply, new JsonException("A text ends with half a surrogate pair."));
        }
    }

    /// <summary>Creates the exception for a response without the requested choices.</summary>
    public DatabricksServingException Unexpected(int found, int expected) => IsChat
        ? ServingExceptions.Unexpected(call, reply, "the choices of a chat", CompletionErrorHints.WrongTask)
        : ServingExceptions.Unexpected(
            call, reply,
            found == 0 ? "a response without choices" : FormattableString.Invariant($"{found} choices instead of {expected}"),
            "Check that the endpoint's task is completions (llm/v1/completions).");
}
