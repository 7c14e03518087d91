using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Dialects;

/// <summary>
/// Reasoning in a sibling member; streams that end naturally have no finish reason, truncated ones have [issue unity-gateway#215].
/// </summary>
internal sealed class InklingDialect : ChatDialect
{
    protected override JsonObject Message(ChatReply reply, ChatAnswer answer, int choice) =>
        SiblingReasoning.With(base.Message(reply, answer, choice), answer.Reasoning);

    protected override string? StreamedFinishReason(ChatAnswer answer) =>
        answer.FinishReasonOrInferred is "stop" or "tool_calls" ? null : answer.FinishReasonOrInferred;

    protected override IEnumerable<Delta> Deltas(ChatReply reply, ChatAnswer answer, int choice)
    {
        foreach (var delta in SiblingReasoning.Deltas(answer))
        {
            yield return delta;
        }

        foreach ((var index, var call) in answer.Calls.Index())
        {
            var json = ToolCall(ToolCallId(reply.Ids, choice, index), call.Name, call.Arguments, index);
            json.Insert(0, "index", index);
            yield return new(
                new JsonObject { ["tool_calls"] = new JsonArray(json) },
                Tokenizer.Count(call.Name) + Tokenizer.Count(call.Arguments));
        }
    }
}
