using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Dialects;

/// <summary>
/// Usage on every chunk with nulls until the last [issue vercel/ai#10293], reasoning parts whose signature comes late [bridge], and tool
/// calls that open with empty arguments twice, under the index of their content block [goose].
/// </summary>
internal sealed class ClaudeDialect : ChatDialect
{
    public override JsonObject Completion(ChatReply reply)
    {
        var completion = base.Completion(reply);
        foreach (var choice in completion.Objects("choices"))
        {
            choice.Remove("logprobs");
        }

        return completion;
    }

    public override string ToolCallId(RequestIds ids, int choice, int call) => $"toolu_bdrk_01{ids.Hex(100 + (choice * 100) + call, 22)}";

    protected override string CompletionId(RequestIds ids) => $"msg_bdrk_01{ids.Hex(1, 22)}";

    protected override JsonNode? Content(ChatReply reply, ChatAnswer answer) =>
        answer.Reasoning is null && answer.EncryptedReasoning is null
            ? base.Content(reply, answer)
            : ReasoningParts.Content(answer, answer.Signature);

    protected override JsonObject Usage(EmulatedUsage usage) => Usage(usage, usage.CompletionTokens, usage.TotalTokens);

    protected override JsonObject? EarlyUsage(ChatReply reply, int spent) => Usage(reply.Usage, null, null);

    protected override IEnumerable<Delta> Deltas(ChatReply reply, ChatAnswer answer, int choice)
    {
        if (answer.Reasoning is not null)
        {
            foreach (var delta in TextDeltas(answer.Reasoning, text => ReasoningParts.Delta(ReasoningParts.Reasoning(text, ""))))
            {
                yield return delta;
            }

            yield return new(ReasoningParts.Delta(ReasoningParts.Reasoning("", answer.Signature)), 0);
        }

        if (answer.EncryptedReasoning is not null)
        {
            yield return new(ReasoningParts.Delta(ReasoningParts.Encrypted(answer.EncryptedReasoning)), 0);
        }

        foreach (var delta in TextDeltas(
            answer.Text ?? answer.Refusal, text => new JsonObject { ["role"] = "assistant", ["content"] = text }))
        {
            yield return delta;
        }

        foreach ((var number, var call) in answer.Calls.Index())
        {
            var index = Blocks(answer) + number;
            var opening = ToolCall(ToolCallId(reply.Ids, choice, number), call.Name, "", index);
            opening.Insert(0, "index", index);
            yield return new(WithCalls(opening), Tokenizer.Count(call.Name));
            yield return new(WithCalls(Fragment(index, "")), 0);

            // Unconfirmed: that a call without arguments sends "{}".
            foreach (var delta in TextDeltas(call.Arguments, fragment => WithCalls(Fragment(index, fragment))))
            {
                yield return delta;
            }
        }
    }

    protected override JsonObject LastDelta() => new() { ["role"] = "assistant", ["content"] = "" };

    // Member order as captured in [issue vercel/ai#10293].
    protected override JsonObject Choice(int index, JsonObject delta, string? finishReason) => new()
    {
        ["delta"] = delta,
        ["index"] = index,
        ["finish_reason"] = finishReason,
    };

    protected override JsonObject Chunk(ChatReply reply, JsonObject choice, JsonObject? usage) => new()
    {
        ["model"] = reply.Model,
        ["choices"] = new JsonArray(choice),
        ["usage"] = usage,
        ["object"] = "chat.completion.chunk",
        ["id"] = CompletionId(reply.Ids),
        ["created"] = reply.Created,
    };

    private static JsonObject Usage(EmulatedUsage usage, int? completion, int? total) => new()
    {
        ["cache_read_input_tokens"] = usage.CachedTokens,
        ["completion_tokens"] = completion,
        ["prompt_tokens"] = usage.PromptTokens,
        ["total_tokens"] = total,
        ["cache_creation_input_tokens"] = usage.CacheCreationTokens,
    };

    private static JsonObject Fragment(int index, string arguments) =>
        new() { ["index"] = index, ["function"] = new JsonObject { ["arguments"] = arguments } };

    /// <summary>The content blocks before the first call.</summary>
    private static int Blocks(ChatAnswer answer) => (answer.Reasoning is null ? 0 : 1) + (answer.EncryptedReasoning is null ? 0 : 1)
        + ((answer.Text ?? answer.Refusal) is null ? 0 : 1);

    private static JsonObject WithCalls(JsonObject call) =>
        new() { ["role"] = "assistant", ["content"] = null, ["tool_calls"] = new JsonArray(call) };
}
