using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Dialects;

/// <summary>
/// Content is an array of parts, in whole responses and in deltas [issue omnigent#4749]; usage has the three totals alone (unnamed public
/// capture).
/// </summary>
internal sealed class GptOssDialect : ChatDialect
{
    protected override JsonNode? Content(ChatReply reply, ChatAnswer answer) =>
        ReasoningParts.Content(answer, answer.Signature) is { Count: > 0 } parts ? parts : null;

    protected override JsonObject Usage(EmulatedUsage usage) => base.Usage(usage with { ReasoningTokens = 0 });

    protected override IEnumerable<Delta> Deltas(ChatReply reply, ChatAnswer answer, int choice)
    {
        foreach (var delta in TextDeltas(answer.Reasoning, text => ReasoningParts.Delta(ReasoningParts.Reasoning(text, null))))
        {
            yield return delta;
        }

        foreach (var delta in TextDeltas(answer.Text ?? answer.Refusal, text => ReasoningParts.Delta(ReasoningParts.Text(text))))
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
}
