using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Chat.Shaping;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat;

/// <summary>One wire format of chat: writes requests, and reads responses and streams. One instance per chat client.</summary>
internal abstract class ChatDialect
{
    /// <summary>The operation, which has a path of its own.</summary>
    public abstract SurfaceTask TaskOf(ChatRequest request);

    /// <summary>Reads a whole response.</summary>
    public abstract DocumentReader<ChatResponse, (ServingCall Call, ChatRequest Request)> Parse { get; }

    /// <summary>Writes a request whose conversation is adapted to the model.</summary>
    public RequestBody Write(ChatRequest request, DatabricksServingOptions settings) =>
        Write(request, ShapedMessages.Of(request), settings);

    protected abstract RequestBody Write(ChatRequest request, IReadOnlyList<ChatMessage> messages, DatabricksServingOptions settings);

    /// <summary>Starts to read a stream.</summary>
    /// <param name="call">The call.</param>
    /// <param name="reply">The response whose headers were read.</param>
    /// <param name="request">The request.</param>
    /// <param name="keepsRaw">Whether the JSON of each event is kept on its update.</param>
    /// <param name="cancellationToken">Cancels the reading of an event.</param>
    public abstract IChatStream OpenStream(
        ServingCall call, ServingReply reply, ChatRequest request, bool keepsRaw, CancellationToken cancellationToken);

    protected static ReasoningContext ReasoningOf(ChatRequest request) =>
        new(request.Options?.Reasoning?.Output is ReasoningOutput.None, request.EndpointName);
}
