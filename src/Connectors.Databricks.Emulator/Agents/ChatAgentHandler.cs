using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Answers;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Agents;

/// <summary>MLflow's ChatAgent: <c>messages</c> in, <c>messages</c> out, deltas grouped by id (§8.2).</summary>
internal sealed class ChatAgentHandler(DatabricksEmulatorOptions options)
{
    private static readonly string[] Accepts = ["model", "messages", "context", "custom_inputs", "stream", "databricks_options"];

    public ServerResponse Answer(ServingEndpoint endpoint, ServedModel model, JsonObject body, RequestIds ids)
    {
        var refusal = endpoint.AcceptsEverything ? null : Refusal(body);
        var request = new ChatRequest(body);
        var now = options.TimeProvider.GetUtcNow();
        var turn = endpoint.ResponseQueue.Take(refusal is null);
        return turn switch
        {
            null => ServerResponse.Error(400, "BAD_REQUEST", refusal!),
            AutomaticResponse => Write(request, ids, AutomaticAnswer.To(request, model.Chat!, endpoint.Name)[0], null),
            ScriptedAnswer scripted => Write(request, ids, scripted.Answer, scripted.Usage),
            _ => FixedResponses.Create(turn, request, now),
        } with
        { Modifiers = turn?.Modifiers ?? new() };
    }

    // Unconfirmed: the first two texts are those of MLflow's schema checks, not captured on an agent.
    private static string? Refusal(JsonObject body)
    {
        var unknown = body.Select(member => member.Key).FirstOrDefault(name => !Accepts.Contains(name));
        if (unknown is not null)
        {
            return $"Failed to enforce schema of the request. Unexpected field '{unknown}'.";
        }

        if (body["messages"] is not JsonArray { Count: > 0 })
        {
            return "Failed to enforce schema of the request. Model is missing inputs ['messages'].";
        }

        // MLflow's own check of a tool message [mlflow] types/agent.py.
        return body.Objects("messages").Any(message =>
            message.Text("role") == "tool" && (message.Text("name") is null || message.Text("tool_call_id") is null))
            ? "Both 'name' and 'tool_call_id' must be provided for a tool message."
            : null;
    }

    private static ServerResponse Write(ChatRequest request, RequestIds ids, ChatAnswer answer, EmulatedUsage? usage)
    {
        usage ??= new EmulatedUsage(request.PromptTokens, answer.CompletionTokens);
        if (!request.Stream)
        {
            var whole = Ending(request, ids, answer, usage);
            whole.Insert(0, "messages", new JsonArray(Message(ids, answer, answer.Text ?? answer.Refusal)));
            return ServerResponse.Json(200, whole);
        }

        return new EventStreamResponse(Events(request, ids, answer, usage));
    }

    private static IEnumerable<SseEvent> Events(ChatRequest request, RequestIds ids, ChatAnswer answer, EmulatedUsage usage)
    {
        foreach (var piece in Tokenizer.Split(answer.Text ?? answer.Refusal ?? ""))
        {
            yield return Event(new JsonObject { ["delta"] = Delta(ids, piece), ["id"] = ids.RequestId });
        }

        var last = Ending(request, ids, answer, usage);
        last.Insert(0, "delta", answer.Calls.Count > 0 ? Message(ids, answer, null) : Delta(ids, ""));
        yield return Event(last, finishes: true);
    }

    private static JsonObject Ending(ChatRequest request, RequestIds ids, ChatAnswer answer, EmulatedUsage usage)
    {
        var ending = new JsonObject
        {
            ["finish_reason"] = answer.FinishReasonOrInferred,
            ["usage"] = new JsonObject
            {
                ["prompt_tokens"] = usage.PromptTokens,
                ["completion_tokens"] = usage.CompletionTokens,
                ["total_tokens"] = usage.TotalTokens,
            },
            ["id"] = ids.RequestId,
        };
        AgentMembers.AddTo(ending, request, ids, answer);
        return ending;
    }

    private static JsonObject Message(RequestIds ids, ChatAnswer answer, string? text)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = text, ["id"] = MessageId(ids) };
        if (answer.Calls.Count > 0)
        {
            JsonArray calls = [];
            foreach ((var index, var call) in answer.Calls.Index())
            {
                calls.Add((JsonNode)new JsonObject
                {
                    ["id"] = $"call_{ids.Guid(100 + index)}",
                    ["type"] = "function",
                    ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
                });
            }

            message["tool_calls"] = calls;
        }

        return message;
    }

    private static JsonObject Delta(RequestIds ids, string text) =>
        new() { ["role"] = "assistant", ["content"] = text, ["id"] = MessageId(ids) };

    private static string MessageId(RequestIds ids) => $"run-{ids.Guid(2)}";

    private static SseEvent Event(JsonObject json, bool finishes = false) => new(CompactJson.Write(json), null, finishes);
}
