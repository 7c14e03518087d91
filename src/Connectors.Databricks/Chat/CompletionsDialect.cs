using Connectors.Databricks.Chat.Completions.Inbound;
using Connectors.Databricks.Chat.Completions.Inbound.Templates;
using Connectors.Databricks.Chat.Completions.Outbound;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat;

/// <summary>Chat completions.</summary>
internal sealed class CompletionsDialect : ChatDialect
{
    private static readonly DocumentReader<ChatResponse, (ServingCall Call, ChatRequest Request)> Reader =
        static (document, state, stop) => ChatResponseFromWire.Read(state.Call, document, ReasoningOf(state.Request), stop);

    private readonly SharedTemplate _sharedTemplate = new();

    public override SurfaceTask TaskOf(ChatRequest request) => SurfaceTask.Chat;

    public override DocumentReader<ChatResponse, (ServingCall Call, ChatRequest Request)> Parse => Reader;

    protected override RequestBody Write(ChatRequest request, IReadOnlyList<ChatMessage> messages, DatabricksServingOptions settings) =>
        ChatRequestToWire.Write(request, messages, settings);

    public override IChatStream OpenStream(
        ServingCall call, ServingReply reply, ChatRequest request, bool keepsRaw, CancellationToken cancellationToken) =>
        new ChatStreamFromWire(
            call, reply, ReasoningOf(request), keepsRaw, new ChunkTemplateReader(_sharedTemplate), cancellationToken);
}
