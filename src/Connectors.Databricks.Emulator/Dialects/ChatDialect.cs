using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Dialects;

/// <summary>The common response format; each model family overrides the differences.</summary>
internal abstract class ChatDialect
{
    public static ChatDialect For(EmulatedDialect dialect) => dialect switch
    {
        EmulatedDialect.OpenAI => new OpenAIDialect(),
        EmulatedDialect.Llama => new LlamaDialect(),
        EmulatedDialect.Claude => new ClaudeDialect(),
        EmulatedDialect.GptOss or EmulatedDialect.Qwen => new GptOssDialect(),
        EmulatedDialect.Gemini => new GeminiDialect(),
        EmulatedDialect.Kimi => new KimiDialect(),
        EmulatedDialect.Inkling => new InklingDialect(),
        _ => throw new ArgumentOutOfRangeException(nameof(dialect), dialect, "There is no such dialect."),
    };

    public virtual JsonObject Completion(ChatReply reply)
    {
        JsonArray choices = [];
        foreach ((var index, var answer) in reply.Choices.Index())
        {
            choices.Add((JsonNode)new JsonObject
            {
                ["index"] = index,
                ["message"] = Message(reply, answer, index),
                ["finish_reason"] = answer.FinishReasonOrInferred,
                ["logprobs"] = null,
            });
        }

        return new JsonObject
        {
            ["id"] = CompletionId(reply.Ids),
            ["object"] = "chat.completion",
            ["created"] = reply.Created,
            ["model"] = reply.Model,
            ["choices"] = choices,
            ["usage"] = Usage(reply.Usage),
        };
    }

    public virtual IEnumerable<StreamChunk> Chunks(ChatReply reply)
    {
        var spent = 0;
        foreach ((var index, var answer) in reply.Choices.Index())
        {
            var isLastChoice = index == reply.Choices.Count - 1;
            foreach (var delta in Deltas(reply, answer, index))
            {
                spent += delta.Tokens;
                yield return new(Chunk(reply, Choice(index, delta.Json, null), EarlyUsage(reply, spent)));
            }

            var finish = StreamedFinishReason(answer);
            yield return new(
                Chunk(reply, Choice(index, LastDelta(), finish), isLastChoice ? FinalUsage(reply) : EarlyUsage(reply, spent)),
                Finishes: finish is not null);
        }
    }

    /// <summary>The id of the n-th tool call of a choice.</summary>
    public virtual string ToolCallId(RequestIds ids, int choice, int call) => $"call_{ids.Guid(100 + (choice * 100) + call)}";

    protected virtual string CompletionId(RequestIds ids) => $"chatcmpl-{ids.Guid(1)}";

    protected virtual JsonObject Message(ChatReply reply, ChatAnswer answer, int choice)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = Content(reply, answer) };
        if (answer.Calls.Count > 0)
        {
            message["tool_calls"] = ToolCalls(reply, answer, choice);
        }

        return message;
    }

    protected virtual JsonNode? Content(ChatReply reply, ChatAnswer answer) => answer.Text ?? answer.Refusal;

    protected JsonArray ToolCalls(ChatReply reply, ChatAnswer answer, int choice)
    {
        JsonArray calls = [];
        foreach ((var index, var call) in answer.Calls.Index())
        {
            calls.Add((JsonNode)ToolCall(ToolCallId(reply.Ids, choice, index), call.Name, call.Arguments, index));
        }

        return calls;
    }

    protected virtual JsonObject ToolCall(string id, string name, string arguments, int index) => new()
    {
        ["id"] = id,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = name, ["arguments"] = arguments },
    };

    protected virtual JsonObject Usage(EmulatedUsage usage)
    {
        var json = new JsonObject
        {
            ["prompt_tokens"] = usage.PromptTokens,
            ["completion_tokens"] = usage.CompletionTokens,
            ["total_tokens"] = usage.TotalTokens,
        };
        if (usage.ReasoningTokens > 0)
        {
            json["reasoning_tokens"] = usage.ReasoningTokens;
        }

        return json;
    }

    protected abstract IEnumerable<Delta> Deltas(ChatReply reply, ChatAnswer answer, int choice);

    protected static IEnumerable<Delta> TextDeltas(string? text, Func<string, JsonObject> write) =>
        text is null ? [] : Tokenizer.Split(text).Select(piece => new Delta(write(piece), Tokenizer.Count(piece)));

    protected virtual JsonObject LastDelta() => [];

    protected virtual string? StreamedFinishReason(ChatAnswer answer) => answer.FinishReasonOrInferred;

    /// <summary>The usage member of chunks before the last; null leaves the member out.</summary>
    protected virtual JsonObject? EarlyUsage(ChatReply reply, int spent) =>
        Usage(reply.Usage with { CompletionTokens = Math.Min(spent, reply.Usage.CompletionTokens), ReasoningTokens = 0 });

    protected virtual JsonObject? FinalUsage(ChatReply reply) => Usage(reply.Usage);

    protected virtual JsonObject Choice(int index, JsonObject delta, string? finishReason) => new()
    {
        ["index"] = index,
        ["delta"] = delta,
        ["finish_reason"] = finishReason,
        ["logprobs"] = null,
    };

    protected virtual JsonObject Chunk(ChatReply reply, JsonObject choice, JsonObject? usage)
    {
        var chunk = new JsonObject
        {
            ["id"] = CompletionId(reply.Ids),
            ["object"] = "chat.completion.chunk",
            ["created"] = reply.Created,
            ["model"] = reply.Model,
            ["choices"] = new JsonArray(choice),
        };
        if (usage is not null)
        {
            chunk["usage"] = usage;
        }

        return chunk;
    }
}
