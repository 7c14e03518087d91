using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>Maps the events of a Responses stream to updates, directly from the read buffer.</summary>
internal sealed class ResponsesStreamFromWire(
    ServingCall call, ServingReply reply, ReasoningContext reasoning, bool keepsRaw, CancellationToken cancellationToken) : IChatStream
{
    public bool IsDenied => false;

    public bool Read(ServingEventStream events, List<ChatResponseUpdate> updates) =>
        throw new NotSupportedException(
            $"The Responses API is not supported yet: {call}, {reply}, {reasoning}, {keepsRaw}, {cancellationToken}.");

    public void End(bool sawEndMarker, Exception? broken, List<ChatResponseUpdate> updates)
    {
    }
}
