using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Agents.Runs;

/// <summary>Maps the events of one run to updates. It keeps its state when the stream is reopened.</summary>
internal interface IRunReader
{
    /// <summary>The id of the run; null for one that is not stored, and before the event that has it.</summary>
    string? RunId { get; }

    /// <summary>The session of the next turn, where a crash recovery changed it; null otherwise.</summary>
    string? Session { get; }

    /// <summary>The position of the next event, from 0.</summary>
    long Position { get; }

    /// <summary>The id of the last event, after which a replay begins; null before the first.</summary>
    string? LastEvent { get; }

    /// <summary>Whether an event has ended the response. The stream may go on with another one.</summary>
    bool IsComplete { get; }

    /// <summary>Reads the current event.</summary>
    /// <param name="events">The stream.</param>
    /// <param name="updates">Receives the updates.</param>
    /// <exception cref="DatabricksServingException">The run failed, or the event cannot be read.</exception>
    RunEventKind Read(ServingEventStream events, List<ChatResponseUpdate> updates);

    /// <summary>Returns what is complete only at the end. Always adds at least one update.</summary>
    /// <param name="sawEndMarker">Whether the end marker was read.</param>
    /// <param name="broken">The exception that ended the connection, or null.</param>
    /// <param name="updates">Receives the last updates.</param>
    /// <exception cref="DatabricksServingException">The stream is truncated.</exception>
    void End(bool sawEndMarker, Exception? broken, List<ChatResponseUpdate> updates);
}
