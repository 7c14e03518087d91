using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Replies;

/// <summary>Maps the events of one stream to updates.</summary>
internal interface IChatStream
{
    /// <summary>Whether an event so far reports a denial by a service policy.</summary>
    bool IsDenied { get; }

    /// <summary>Whether a complete response has been read, so that nothing is missing when no further event arrives.</summary>
    bool IsEnded { get; }

    /// <summary>Reads the current event; returns false when it is the last: the end marker, or the end of the only response.</summary>
    /// <exception cref="DatabricksServingException">The event is an error, or not JSON.</exception>
    bool Read(ServingEventStream events, List<ChatResponseUpdate> updates);

    /// <summary>
    /// Returns what is complete only at the end, such as tool calls, finish reason and usage. Always adds at least one update.
    /// </summary>
    /// <param name="sawEndMarker">Whether the end marker was read.</param>
    /// <param name="broken">The exception that ended the connection, or null.</param>
    /// <param name="updates">Receives the last updates.</param>
    /// <exception cref="DatabricksServingException">The stream is truncated, or is not a chat stream.</exception>
    void End(bool sawEndMarker, Exception? broken, List<ChatResponseUpdate> updates);
}
