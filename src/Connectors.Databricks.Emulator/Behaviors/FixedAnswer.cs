using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Behaviors;

/// <summary>Turns that no dialect has to write.</summary>
internal static class FixedAnswer
{
    public static HttpAnswer Of(Turn turn, ChatRequest request, DateTimeOffset now) => turn switch
    {
        BodyTurn body => body.Answer,
        BytesTurn bytes => new BytesAnswer(bytes.Writes),
        FailureTurn failure => failure.Answer(now),
        GuardrailTurn guardrail => HttpAnswer.Json(400, guardrail.Body(request)),
        DroppedTurn => new NoAnswer(),
        _ => throw new ArgumentOutOfRangeException(nameof(turn), turn, "There is no such turn."),
    };
}
