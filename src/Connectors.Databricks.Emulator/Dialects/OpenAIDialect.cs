using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Dialects;

/// <summary>The role first, tool arguments in fragments, usage in a trailing chunk and only on request (§5.5, §5.6).</summary>
internal sealed class OpenAIDialect : ChatDialect
{
    public override JsonObject Completion(ChatReply reply)
    {
        var completion = base.Completion(reply);
        // Unconfirmed: both members are from memory (§4.1).
        completion["service_tier"] = "default";
        completion["system_fingerprint"] = null;
        return completion;
    }

    public override IEnumerable<StreamChunk> Chunks(ChatReply reply)
    {
        foreach (var chunk in base.Chunks(reply))
        {
            if (reply.Request.IncludesUsage)
            {
                chunk.Json["usage"] = null;
            }

            yield return chunk;
        }

        if (reply.Request.IncludesUsage)
        {
            var last = Chunk(reply, [], Usage(reply.Usage));
            last["choices"] = new JsonArray();
            yield return new(last);
        }
    }

    public override string ToolCallId(RequestIds ids, int choice, int call) => $"call_{ids.Hex(100 + (choice * 100) + call, 24)}";

    protected override string CompletionId(RequestIds ids) => $"chatcmpl-{ids.Hex(1, 29)}";

    // Members that only OpenAI models send: refusal and annotations [okf:query-reasoning-models] [kasal].
    protected override JsonObject Message(ChatReply reply, ChatAnswer answer, int choice)
    {
        var message = base.Message(reply, answer, choice);
        message["refusal"] = answer.Refusal;
        message["annotations"] = new JsonArray();
        return message;
    }

    protected override JsonNode? Content(ChatReply reply, ChatAnswer answer) => answer.Text;

    protected override JsonObject Usage(EmulatedUsage usage) => new()
    {
        ["prompt_tokens"] = usage.PromptTokens,
        ["completion_tokens"] = usage.CompletionTokens,
        ["total_tokens"] = usage.TotalTokens,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.CachedTokens },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.ReasoningTokens },
    };

    protected override JsonObject? EarlyUsage(ChatReply reply, int spent) => null;

    protected override JsonObject? FinalUsage(ChatReply reply) => null;

    protected override IEnumerable<Delta> Deltas(ChatReply reply, ChatAnswer answer, int choice)
    {
        var opening = answer.Calls.Count > 0 ? null : "";
        yield return new(new JsonObject { ["role"] = "assistant", ["content"] = opening, ["refusal"] = null }, 0);
        foreach (var delta in TextDeltas(answer.Text, text => new JsonObject { ["content"] = text }))
        {
            yield return delta;
        }

        foreach (var delta in TextDeltas(answer.Refusal, text => new JsonObject { ["refusal"] = text }))
        {
            yield return delta;
        }

        foreach ((var index, var call) in answer.Calls.Index())
        {
            var start = ToolCall(ToolCallId(reply.Ids, choice, index), call.Name, "", index);
            start.Insert(0, "index", index);
            yield return new(new JsonObject { ["tool_calls"] = new JsonArray(start) }, Tokenizer.Count(call.Name));
            foreach (var delta in TextDeltas(call.Arguments, fragment => Fragment(index, fragment)))
            {
                yield return delta;
            }
        }
    }

    private static JsonObject Fragment(int index, string arguments) => new()
    {
        ["tool_calls"] = new JsonArray(
            new JsonObject { ["index"] = index, ["function"] = new JsonObject { ["arguments"] = arguments } }),
    };
}
