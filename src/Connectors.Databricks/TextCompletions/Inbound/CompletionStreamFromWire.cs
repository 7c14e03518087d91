using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.TextCompletions.Inbound;

/// <summary>
/// Maps the events of a stream to updates, with the rules of chat streams: an error in the stream throws, unknown events are skipped, a
/// stream without an end marker is truncated, and usage is returned once, at the end.
/// </summary>
internal sealed class CompletionStreamFromWire(
    ServingCall call, ServingReply reply, int expectedChoices, bool keepsRaw, CancellationToken cancellationToken)
{
    private readonly CompletionDocument _document = new(call, reply, cancellationToken);
    private readonly HashSet<int> _seen = [];
    private readonly HashSet<int> _finished = [];

    /// <summary>Reads the current event; returns false for the end marker.</summary>
    /// <exception cref="DatabricksServingException">The event is an error, or not JSON.</exception>
    public bool Read(ServingEventStream events, List<DatabricksCompletionUpdate> updates)
    {
        var data = events.Data;
        if (data.Trim((byte)' ').SequenceEqual("[DONE]"u8))
        {
            return false;
        }

        var (isNamed, isError) = events.Event;
        if (!isNamed || isError || JsonReading.IsJson(data))
        {
            _document.Read(data, isError);
            Add(updates, keepsRaw ? reply.Raw(data.ToArray()) : null);
        }

        return true;
    }

    /// <summary>Reads the document of an endpoint without streaming.</summary>
    /// <exception cref="DatabricksServingException">The body is an error, not JSON, or lacks requested choices.</exception>
    public IReadOnlyList<DatabricksCompletionUpdate> ReadWhole(ServedDocument document)
    {
        List<DatabricksCompletionUpdate> updates = [];
        _document.Read(document.Body, isErrorEvent: false);
        Add(updates, keepsRaw ? reply.Raw(document.Body) : null);
        End(sawEndMarker: true, broken: null, updates);
        return updates;
    }

    private void Add(List<DatabricksCompletionUpdate> updates, DatabricksServingResponse? raw)
    {
        foreach (var choice in _document.Choices)
        {
            if (_seen.Add(choice.Index) && _seen.Count > expectedChoices)
            {
                // Not requested; further choices of a hostile stream must not use memory.
                throw _document.Unexpected(_seen.Count, expectedChoices);
            }

            if (choice.FinishReason is not null)
            {
                _finished.Add(choice.Index);
            }

            if (choice.Text.Length > 0 || choice.FinishReason is not null || choice.LogProbs is not null || raw is not null)
            {
                updates.Add(new DatabricksCompletionUpdate
                {
                    ChoiceIndex = choice.Index,
                    Text = choice.Text,
                    FinishReason = choice.FinishReason,
                    LogProbs = choice.LogProbs,
                    Id = _document.Id,
                    ModelId = _document.Model,
                    RawResponse = raw,
                });
            }
        }
    }

    /// <summary>Returns usage, if the stream is complete.</summary>
    /// <exception cref="DatabricksServingException">The stream is truncated, or lacks choices.</exception>
    public void End(bool sawEndMarker, Exception? broken, List<DatabricksCompletionUpdate> updates)
    {
        if (!sawEndMarker && (_seen.Count == 0 || _finished.Count < Math.Max(_seen.Count, expectedChoices)))
        {
            throw ServingExceptions.CutOff(call, reply, broken);
        }

        if (_seen.Count != expectedChoices || _document.IsChat)
        {
            throw _document.Unexpected(_seen.Count, expectedChoices);
        }

        _document.RequireWhole();
        if (_document.Usage.ToDetails() is { } usage)
        {
            updates.Add(new DatabricksCompletionUpdate { Id = _document.Id, ModelId = _document.Model, Usage = usage });
        }
    }
}
