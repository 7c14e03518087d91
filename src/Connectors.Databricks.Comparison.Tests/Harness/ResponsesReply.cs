using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>
/// Says what a scripted reply says in the Responses dialect: the same text, calls, usage and end. A reply that is no chat completion, such
/// as an error or broken JSON, is sent as it is.
/// </summary>
internal static class ResponsesReply
{
    public static Reply Of(Reply reply) => reply.MediaType == "text/event-stream"
        ? reply with { Body = ResponsesStreamReply.Of(reply.Body) }
        : Parse(reply.Body) is JsonObject body && body["choices"] is JsonArray { Count: > 0 } choices
            ? reply with { Body = Document(body, (JsonObject)choices[0]!).ToJsonString() }
            : reply;

    /// <summary>A response of the API, its members in odd order.</summary>
    public static JsonObject Response(JsonObject source, JsonArray output, string? finishReason, JsonNode? usage)
    {
        var reason = finishReason switch { "length" => "max_output_tokens", "content_filter" => "content_filter", _ => null };
        var response = new JsonObject
        {
            ["output"] = output,
            ["object"] = "response",
            ["incomplete_details"] = reason is null ? null : new JsonObject { ["reason"] = reason },
            ["error"] = null,
            ["usage"] = Usage(usage),
            ["status"] = reason is null ? "completed" : "incomplete",
        };
        Copy(source, "created", response, "created_at");
        Copy(source, "model", response, "model");
        Copy(source, "id", response, "id");
        return response;
    }

    public static JsonObject Message(string id, JsonArray content) => new()
    {
        ["content"] = content,
        ["status"] = "completed",
        ["role"] = "assistant",
        ["id"] = id,
        ["type"] = "message",
    };

    public static JsonObject Text(string text) => new() { ["annotations"] = new JsonArray(), ["text"] = text, ["type"] = "output_text" };

    public static JsonObject Call(int index, JsonNode call) => new()
    {
        ["arguments"] = call["function"]!["arguments"]?.DeepClone(),
        ["name"] = call["function"]!["name"]?.DeepClone(),
        ["call_id"] = call["id"]?.DeepClone(),
        ["id"] = $"fc_{index}",
        ["type"] = "function_call",
    };

    public static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject Document(JsonObject body, JsonObject choice)
    {
        var message = choice["message"]!;
        var output = new JsonArray();
        foreach (var part in Parts(message["content"]))
        {
            output.Add(part);
        }

        if (message["refusal"] is JsonValue refusal)
        {
            output.Add(Message("msg_r", [new JsonObject { ["refusal"] = refusal.DeepClone(), ["type"] = "refusal" }]));
        }

        foreach (var (index, call) in (message["tool_calls"] as JsonArray ?? []).Index())
        {
            output.Add(Call(index, call!));
        }

        return Response(body, output, (string?)choice["finish_reason"], body["usage"]);
    }

    private static IEnumerable<JsonObject> Parts(JsonNode? content) => content switch
    {
        JsonValue text => [Message("msg_0", [Text((string)text!)])],
        JsonArray parts => parts.Select((part, index) => (string?)part!["type"] == "reasoning"
            ? new JsonObject { ["summary"] = part["summary"]!.DeepClone(), ["id"] = $"rs_{index}", ["type"] = "reasoning" }
            : Message($"msg_{index}", [Text((string)part["text"]!)])),
        _ => [],
    };

    private static JsonObject? Usage(JsonNode? usage) => usage is null ? null : new JsonObject
    {
        ["total_tokens"] = usage["total_tokens"]?.DeepClone(),
        ["output_tokens"] = usage["completion_tokens"]?.DeepClone(),
        ["input_tokens"] = usage["prompt_tokens"]?.DeepClone(),
    };

    private static void Copy(JsonObject source, string name, JsonObject target, string targetName)
    {
        if (source.TryGetPropertyValue(name, out var value))
        {
            target[targetName] = value?.DeepClone();
        }
    }
}
