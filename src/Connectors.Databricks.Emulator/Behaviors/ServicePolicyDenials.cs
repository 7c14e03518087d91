using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Behaviors;

/// <summary>The 200 of a denial by a service policy (unnamed public captures).</summary>
/// <remarks>Unconfirmed: the denial in a stream, here the same document as one chunk, and the token counts of a denied response.</remarks>
internal static class ServicePolicyDenials
{
    private const string Id = "databricks-guardrail-block";

    public static ServerResponse Create(PolicyDenial denial, ChatRequest request) => request.Stream
        ? new EventStreamResponse(Events(denial, request))
        : ServerResponse.Json(200, Document(denial, request, isChunk: false));

    public static string Text(PolicyDenial denial) =>
        $"This {(denial.IsOnOutput ? "response" : "request")} was blocked by the '{denial.Policy}' service policy.";

    public static JsonObject Policy(PolicyDenial denial)
    {
        var policy = new JsonObject { ["name"] = denial.Policy };
        (var member, var value) = denial.Style == ServicePolicyDenialStyle.Result ? ("result", "DENY") : ("action", "deny");
        policy[member] = value;
        policy["phase"] = denial.IsOnOutput ? "post_call" : "pre_call";
        policy["reason"] = denial.Reason;
        return policy;
    }

    private static IEnumerable<SseEvent> Events(PolicyDenial denial, ChatRequest request)
    {
        foreach (var piece in denial.TextBefore is string text ? Tokenizer.Split(text) : [])
        {
            var chunk = Frame("chat.completion.chunk");
            chunk["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["delta"] = new JsonObject { ["role"] = "assistant", ["content"] = piece },
                ["finish_reason"] = null,
            });
            yield return new(CompactJson.Write(chunk));
        }

        yield return new(CompactJson.Write(Document(denial, request, isChunk: true)), null, Finishes: true);
    }

    private static JsonObject Document(PolicyDenial denial, ChatRequest request, bool isChunk)
    {
        var document = Frame(isChunk ? "chat.completion.chunk" : "chat.completion");
        var finish = denial.Style == ServicePolicyDenialStyle.StopFinishReason ? "stop" : "content_filter";
        if (denial.Style == ServicePolicyDenialStyle.WithoutChoices)
        {
            document["finish_reason"] = finish;
        }
        else
        {
            document["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                [isChunk ? "delta" : "message"] = new JsonObject { ["role"] = "assistant", ["content"] = Text(denial) },
                ["finish_reason"] = finish,
            });
        }

        var prompt = denial.IsOnOutput ? request.PromptTokens : 0;
        var completion = denial.IsOnOutput ? Tokenizer.Count(Text(denial)) : 0;
        document["usage"] = new JsonObject
        {
            ["prompt_tokens"] = prompt,
            ["completion_tokens"] = completion,
            ["total_tokens"] = prompt + completion,
        };
        if (denial.Style != ServicePolicyDenialStyle.WithoutObject)
        {
            document["databricks_service_policy"] = Policy(denial);
        }

        return document;
    }

    private static JsonObject Frame(string type) => new() { ["id"] = Id, ["object"] = type, ["created"] = 0 };
}
