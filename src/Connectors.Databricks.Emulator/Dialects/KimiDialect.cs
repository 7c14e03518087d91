using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Dialects;

/// <summary>Streamed tool calls without index [issue goose#10023], streams without a finish reason [issue omnigent#3307].</summary>
/// <remarks>Unconfirmed: the reasoning of kimi-k3; it is written as that of kimi-k2-7 is [kasal].</remarks>
internal sealed class KimiDialect : ChatDialect
{
    protected override JsonObject Message(ChatReply reply, ChatAnswer answer, int choice) =>
        SiblingReasoning.With(base.Message(reply, answer, choice), answer.Reasoning);

    protected override string? StreamedFinishReason(ChatAnswer answer) => null;

    protected override IEnumerable<Delta> Deltas(ChatReply reply, ChatAnswer answer, int choice)
    {
        foreach (var delta in SiblingReasoning.Deltas(answer))
        {
            yield return delta;
        }

        foreach ((var index, var call) in answer.Calls.Index())
        {
            yield return new(
                WithCalls(ToolCall(ToolCallId(reply.Ids, choice, index), call.Name, "", index)), Tokenizer.Count(call.Name));
            foreach (var delta in TextDeltas(call.Arguments, fragment => WithCalls(new JsonObject
            {
                ["function"] = new JsonObject { ["arguments"] = fragment },
            })))
            {
                yield return delta;
            }
        }
    }

    private static JsonObject WithCalls(JsonObject call) => new() { ["role"] = "assistant", ["tool_calls"] = new JsonArray(call) };
}
