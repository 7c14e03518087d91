using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Dialects;

namespace Connectors.Databricks.Emulator.Responses;

/// <summary>
/// Writes the output items of a response. Unconfirmed: the form of ids and of <c>encrypted_content</c>, and whether the reasoning of a
/// family is a summary or a text, but for Qwen and gpt-oss (unnamed public captures).
/// </summary>
internal static class ResponseItems
{
    /// <summary>Ids of messages are longer than OpenAI takes back [issue unity-gateway#99].</summary>
    private const int LongIdLength = 190;

    private const string PlaceholderId = "__fake_id__";

    public static IReadOnlyList<JsonObject> Of(ResponsesReply reply)
    {
        List<JsonObject> items = [];
        var answer = reply.Answer;
        if (Reasoning(reply) is JsonObject reasoning)
        {
            items.Add(reasoning);
        }

        foreach ((var index, var run) in answer.Runs.Index())
        {
            var callId = $"call_{reply.Ids.Hex(300 + index, 24)}";
            items.Add(Call(reply, $"fc_{reply.Ids.Hex(320 + index)}", callId, run.Name, run.Arguments));
            items.Add(new JsonObject { ["type"] = "function_call_output", ["call_id"] = callId, ["output"] = run.Output });
        }

        foreach ((var index, var approval) in answer.Approvals.Index())
        {
            items.Add(new JsonObject
            {
                ["type"] = "mcp_approval_request",
                ["id"] = $"mcpr_{reply.Ids.Hex(340 + index)}",
                ["name"] = approval.Name,
                ["arguments"] = approval.Arguments,
                ["server_label"] = approval.ServerLabel,
            });
        }

        if (answer.Text is not null || answer.Refusal is not null)
        {
            items.Add(Message(reply, answer));
        }

        foreach ((var index, var call) in answer.Calls.Index())
        {
            var callId = $"call_{reply.Ids.Hex(100 + index, 24)}";
            var item = Call(reply, $"fc_{reply.Ids.Hex(200 + index)}", callId, call.Name, call.Arguments);
            if (reply.Dialect == EmulatedDialect.Gemini && index == 0)
            {
                item["encrypted_content"] = GeminiDialect.ThoughtSignature(callId);
            }

            items.Add(item);
        }

        return items.ConvertAll(item => Deviating(item, reply));
    }

    private static JsonObject? Reasoning(ResponsesReply reply)
    {
        var answer = reply.Answer;
        if (answer.Reasoning is null && answer.EncryptedReasoning is null && answer.HiddenReasoningTokens == 0)
        {
            return null;
        }

        var id = $"rs_{reply.Ids.Hex(2)}";
        if (reply.Has(ResponsesDeviation.ReasoningAsMessage) || reply.Dialect == EmulatedDialect.Qwen)
        {
            return new JsonObject
            {
                ["type"] = "message",
                ["id"] = id,
                ["role"] = "assistant",
                ["status"] = "completed",
                ["content"] = new JsonArray(ReasoningText(answer.Reasoning ?? "")),
            };
        }

        var isSummary = reply.Dialect is EmulatedDialect.OpenAI or EmulatedDialect.Claude or EmulatedDialect.Gemini;
        var item = new JsonObject { ["type"] = "reasoning", ["id"] = id, ["summary"] = new JsonArray() };
        if (answer.Reasoning is { Length: > 0 } text)
        {
            if (isSummary)
            {
                item["summary"] = new JsonArray(new JsonObject { ["type"] = "summary_text", ["text"] = text });
            }
            else
            {
                item["content"] = new JsonArray(ReasoningText(text));
            }
        }

        if (answer.EncryptedReasoning is string encrypted
            && (reply.Flavor == ResponsesFlavor.Unified || reply.Request.Includes("reasoning.encrypted_content")))
        {
            item["encrypted_content"] = encrypted;
        }

        return item;
    }

    private static JsonObject ReasoningText(string text) => new() { ["type"] = "reasoning_text", ["text"] = text };

    private static JsonObject Message(ResponsesReply reply, ChatAnswer answer)
    {
        var part = answer.Refusal is string refusal
            ? new JsonObject { ["type"] = "refusal", ["refusal"] = refusal }
            : new JsonObject { ["type"] = "output_text", ["text"] = answer.Text, ["annotations"] = new JsonArray() };
        var id = reply.Flavor == ResponsesFlavor.Native
            ? "msg_" + string.Concat(Enumerable.Range(0, 6).Select(n => reply.Ids.Hex(10 + n)))[..(LongIdLength - 4)]
            : $"msg_{reply.Ids.Hex(3)}";
        return new JsonObject
        {
            ["type"] = "message",
            ["id"] = id,
            ["role"] = "assistant",
            ["status"] = answer.FinishReason is "length" or "content_filter" ? "incomplete" : "completed",
            ["content"] = new JsonArray(part),
        };
    }

    private static JsonObject Call(ResponsesReply reply, string id, string callId, string name, string arguments)
    {
        var call = new JsonObject
        {
            ["type"] = "function_call",
            ["id"] = id,
            ["call_id"] = callId,
            ["name"] = name,
            ["arguments"] = arguments,
        };
        if (reply.Flavor != ResponsesFlavor.Agent)
        {
            call["status"] = "completed";
        }

        return call;
    }

    private static JsonObject Deviating(JsonObject item, ResponsesReply reply)
    {
        if (reply.Has(ResponsesDeviation.PlaceholderIds) && item.ContainsKey("id"))
        {
            item["id"] = PlaceholderId;
        }

        if (reply.Has(ResponsesDeviation.NullItemStatus))
        {
            item["status"] = null;
        }

        return item;
    }
}
