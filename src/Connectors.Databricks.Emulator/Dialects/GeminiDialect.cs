using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Dialects;

/// <summary>
/// Whole tool arguments in one chunk [litellm], usage on the final chunk (§5.6), a thought signature per turn of calls. Through the
/// gateway, text is a content part with a <c>thoughtSignature</c> [issue duckdb-ai#85].
/// </summary>
internal sealed class GeminiDialect : ChatDialect
{
    /// <summary>The signature the n-th call of a choice carries; only the first call of a turn has one.</summary>
    public static string ThoughtSignature(string callId) =>
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"thought of {callId}"));

    protected override JsonNode? Content(ChatReply reply, ChatAnswer answer)
    {
        var isArray = answer.Reasoning is not null || (reply.IsGateway && (answer.Text ?? answer.Refusal) is not null);
        if (!isArray)
        {
            return base.Content(reply, answer);
        }

        var parts = ReasoningParts.Content(answer, answer.Signature);
        if (reply.IsGateway && parts[^1] is JsonObject last && last["type"]?.GetValue<string>() == "text")
        {
            last["thoughtSignature"] = ThoughtSignature(CompletionId(reply.Ids));
        }

        return parts;
    }

    // Where the signature travels on OpenAI-shaped surfaces: [issue OpenChatCut#6]; that it must come back: [bridge].
    // Unconfirmed: its place on Databricks.
    protected override JsonObject ToolCall(string id, string name, string arguments, int index)
    {
        var call = base.ToolCall(id, name, arguments, index);
        if (index == 0)
        {
            call["extra_content"] = new JsonObject
            {
                ["google"] = new JsonObject { ["thought_signature"] = ThoughtSignature(id) },
            };
        }

        return call;
    }

    protected override JsonObject? EarlyUsage(ChatReply reply, int spent) => null;

    protected override IEnumerable<Delta> Deltas(ChatReply reply, ChatAnswer answer, int choice)
    {
        var asParts = answer.Reasoning is not null;
        foreach (var delta in TextDeltas(answer.Reasoning, text => ReasoningParts.Delta(ReasoningParts.Reasoning(text, null))))
        {
            yield return delta;
        }

        foreach (var delta in TextDeltas(answer.Text ?? answer.Refusal, text => asParts
            ? ReasoningParts.Delta(ReasoningParts.Text(text))
            : new JsonObject { ["role"] = "assistant", ["content"] = text }))
        {
            yield return delta;
        }

        foreach ((var index, var call) in answer.Calls.Index())
        {
            var json = ToolCall(ToolCallId(reply.Ids, choice, index), call.Name, call.Arguments, index);
            json.Insert(0, "index", index);
            yield return new(
                new JsonObject { ["role"] = "assistant", ["tool_calls"] = new JsonArray(json) },
                Tokenizer.Count(call.Name) + Tokenizer.Count(call.Arguments));
        }
    }
}
