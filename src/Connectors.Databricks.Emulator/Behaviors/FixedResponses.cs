using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Behaviors;

/// <summary>Queued responses that need no model family.</summary>
internal static class FixedResponses
{
    public static ServerResponse Create(QueuedResponse turn, ChatRequest request, DateTimeOffset now) => turn switch
    {
        FixedBody body => body.Answer,
        FixedStream bytes => new RawStreamResponse(bytes.Writes),
        ScriptedFailure failure => failure.Answer(now),
        GuardrailBlock guardrail => ServerResponse.Json(400, guardrail.Body(request)),
        PolicyDenial denial => ServicePolicyDenials.Create(denial, request),
        ScriptedDrop => new DroppedConnection(),
        _ => throw new ArgumentOutOfRangeException(nameof(turn), turn, "There is no such response."),
    };
}
