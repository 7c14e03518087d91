using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Agents;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Responses;

/// <summary>Writes the response object (§6), whole or as it looks before its end.</summary>
internal static class ResponseDocument
{
    // Accepted, echoed, without effect on models that are not OpenAI's [docs:query-open-responses-models].
    private static readonly string[] Echoed =
        ["instructions", "metadata", "user", "safety_identifier", "truncation", "temperature", "top_p", "max_output_tokens", "reasoning"];

    public static JsonObject Whole(ResponsesReply reply, IReadOnlyList<JsonObject> items)
    {
        var document = Frame(reply, Status(reply), items);
        document["usage"] = Usage(reply);
        document["error"] = reply.Has(ResponsesDeviation.Failed)
            ? new JsonObject { ["code"] = "server_error", ["message"] = "The model stopped unexpectedly." }
            : null;
        document["incomplete_details"] = IncompleteReason(reply) is string reason ? new JsonObject { ["reason"] = reason } : null;
        if (reply.Flavor == ResponsesFlavor.Agent)
        {
            AgentMembers.AddTo(document, reply.Request.Chat, reply.Ids, reply.Answer);
        }

        return document;
    }

    public static JsonObject InProgress(ResponsesReply reply) => Frame(reply, "in_progress", []);

    public static string Status(ResponsesReply reply) =>
        reply.Has(ResponsesDeviation.Failed) ? "failed" : IncompleteReason(reply) is null ? "completed" : "incomplete";

    private static string? IncompleteReason(ResponsesReply reply) => reply.Answer.FinishReason switch
    {
        "length" => "max_output_tokens",
        "content_filter" => "content_filter",
        _ => null,
    };

    private static JsonObject Frame(ResponsesReply reply, string status, IReadOnlyList<JsonObject> items)
    {
        var document = new JsonObject
        {
            ["id"] = reply.Id,
            ["object"] = "response",
            ["created_at"] = reply.Created,
            ["status"] = status,
            ["model"] = reply.Model,
            ["output"] = new JsonArray([.. items.Select(item => item.DeepClone())]),
        };
        foreach (var name in Echoed.Where(reply.Request.Body.IsGiven))
        {
            document[name] = reply.Request.Body[name]!.DeepClone();
        }

        return document;
    }

    /// <summary>
    /// Details are missing from gpt-oss and Claude, present on Kimi and OpenAI (unnamed public captures). Unconfirmed: others.
    /// </summary>
    private static JsonObject Usage(ResponsesReply reply)
    {
        var usage = reply.Usage;
        var json = new JsonObject { ["input_tokens"] = usage.PromptTokens };
        var hasDetails = reply.Dialect is EmulatedDialect.OpenAI or EmulatedDialect.Kimi && reply.Flavor != ResponsesFlavor.Agent
            && !reply.Has(ResponsesDeviation.NoTokenDetails);
        if (hasDetails)
        {
            json["input_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.CachedTokens };
        }

        json["output_tokens"] = usage.CompletionTokens;
        if (hasDetails)
        {
            json["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.ReasoningTokens };
        }

        json["total_tokens"] = usage.TotalTokens;
        return json;
    }
}
