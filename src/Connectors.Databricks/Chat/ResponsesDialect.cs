using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Chat.Responses.Inbound;
using Connectors.Databricks.Chat.Responses.Outbound;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat;

/// <summary>The Responses API, without state on the server.</summary>
internal sealed class ResponsesDialect : ChatDialect
{
    private static readonly DocumentReader<ChatResponse, (ServingCall Call, ChatRequest Request)> Reader =
        static (document, state, stop) => ResponsesFromWire.Read(state.Call, document, ReasoningOf(state.Request), stop);

    public override SurfaceTask TaskOf(ChatRequest request) => request.Api switch
    {
        ChatApi.OpenResponses => SurfaceTask.OpenResponses,
        ChatApi.UnifiedResponses => SurfaceTask.UnifiedResponses,
        ChatApi.OpenAIResponses => SurfaceTask.OpenAIResponses,
        ChatApi.InvocationsResponses => SurfaceTask.InvocationsResponses,
        _ => SurfaceTask.Responses,
    };

    public override DocumentReader<ChatResponse, (ServingCall Call, ChatRequest Request)> Parse => Reader;

    protected override RequestBody Write(ChatRequest request, IReadOnlyList<ChatMessage> messages, DatabricksServingOptions settings) =>
        ResponsesRequestToWire.Write(request, messages, settings);

    public override IChatStream OpenStream(
        ServingCall call, ServingReply reply, ChatRequest request, bool keepsRaw, CancellationToken cancellationToken) =>
        new ResponsesStreamFromWire(call, reply, ReasoningOf(request), keepsRaw, cancellationToken)
        {
            // Not of a name on serving endpoints that is only like that of a model: an agent may have it.
            HasOneResponse = !request.MayBeAgent && (request.Route.IsGateway || request.Endpoint.Record is { IsFamily: false }),
        };

    /// <summary>Starts to read a stream that may be continued: the events of an agent's run.</summary>
    public static ResponsesStreamFromWire OpenEvents(
        ServingCall call, ServingReply reply, ChatRequest request, bool keepsRaw, CancellationToken cancellationToken) =>
        new(call, reply, ReasoningOf(request), keepsRaw, cancellationToken);
}
