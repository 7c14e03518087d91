using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Dialects;

/// <summary>Role and cumulative usage on every chunk (§5.2), whole tool arguments in one chunk [bridge].</summary>
internal sealed class LlamaDialect : ChatDialect
{
    protected override IEnumerable<Delta> Deltas(ChatReply reply, ChatAnswer answer, int choice)
    {
        foreach (var delta in TextDeltas(answer.Text ?? answer.Refusal, WithRole))
        {
            yield return delta;
        }

        foreach ((var index, var call) in answer.Calls.Index())
        {
            var json = ToolCall(ToolCallId(reply.Ids, choice, index), call.Name, call.Arguments, index);
            json.Insert(0, "index", index);
            yield return new(
                new JsonObject { ["role"] = "assistant", ["content"] = null, ["tool_calls"] = new JsonArray(json) },
                Tokenizer.Count(call.Name) + Tokenizer.Count(call.Arguments));
        }
    }

    protected override JsonObject LastDelta() => WithRole("");

    private static JsonObject WithRole(string text) => new() { ["role"] = "assistant", ["content"] = text };
}
