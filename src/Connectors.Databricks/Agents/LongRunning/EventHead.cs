using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Agents.LongRunning;

/// <summary>The members of an event that belong to its run.</summary>
internal struct EventHead
{
    /// <summary>The number of the event: from 0 in a stored run, and in others the agent's own; null for none.</summary>
    public long? Number { get; private set; }

    /// <summary>The id of the run; null for one that is not stored.</summary>
    public string? RunId { get; private set; }

    /// <summary>Whether the server has crashed and begins another attempt.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>Whether the event reports that the run failed. The server sends some errors without a type.</summary>
    public bool IsFailure { get; private set; }

    /// <summary>The conversation that the next turn must use; null when it is the same.</summary>
    public string? Conversation { get; private set; }

    /// <summary>How often the run was started; null when the event does not contain it.</summary>
    public long? Attempt { get; private set; }

    /// <param name="data">The event. One that is not JSON has no head.</param>
    /// <param name="options">The reader options.</param>
    /// <param name="runId">The id of the run, so that no event allocates it again.</param>
    public static EventHead Read(ReadOnlySpan<byte> data, JsonReaderOptions options, string? runId)
    {
        var head = new EventHead();
        try
        {
            var reader = new Utf8JsonReader(data, options);
            reader.Read();
            if (reader.IsOrSkip(JsonTokenType.StartObject))
            {
                while (reader.NextProperty())
                {
                    head.ReadMember(ref reader, runId);
                }
            }
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            // The mapper reports it, or skips an event of another kind.
        }

        return head;
    }

    private void ReadMember(ref Utf8JsonReader reader, string? runId)
    {
        if (reader.Is("sequence_number"u8))
        {
            Number = reader.NextInt64();
        }
        else if (reader.Is("response_id"u8))
        {
            RunId = ReadId(ref reader, runId);
        }
        else if (reader.Is("type"u8))
        {
            reader.Read();
            if (reader.IsOrSkip(JsonTokenType.String))
            {
                IsResumed = reader.Is("response.resumed"u8);
                IsFailure |= reader.Is("error"u8) || reader.Is("response.failed"u8) || reader.Is("response.error"u8);
            }
        }
        else if (reader.Is("error"u8))
        {
            IsFailure |= reader.NextIsError(isErrorName: true);
        }
        else if (reader.Is("conversation_id"u8))
        {
            Conversation = reader.NextString();
        }
        else if (reader.Is("attempt"u8))
        {
            Attempt = reader.NextInt64();
        }
        else
        {
            reader.Skip();
        }
    }

    private static string? ReadId(ref Utf8JsonReader reader, string? known)
    {
        reader.Read();
        return !reader.IsOrSkip(JsonTokenType.String) ? null :
            known is not null && reader.ValueTextEquals(known) ? known : reader.GetString();
    }
}
