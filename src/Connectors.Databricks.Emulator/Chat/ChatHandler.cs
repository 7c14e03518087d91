using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Agents;
using Connectors.Databricks.Emulator.Answers;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Dialects;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;
using Connectors.Databricks.Emulator.Refusals;

namespace Connectors.Databricks.Emulator.Chat;

/// <summary>Handles chat requests: validates, takes the next queued response, writes it in the format of the model family.</summary>
internal sealed class ChatHandler(DatabricksEmulatorOptions options)
{
    public ServerResponse Answer(ServingEndpoint endpoint, ServedModel model, JsonObject body, RequestIds ids, bool isGateway = false)
    {
        var facts = model.Chat!;
        var request = new ChatRequest(body);
        var refusal = endpoint.AcceptsEverything
            ? null
            : ChatRules.FirstViolation(new RuleContext(request, facts, endpoint, options) { IsGateway = isGateway });
        var now = options.TimeProvider.GetUtcNow();
        var turn = endpoint.ResponseQueue.Take(refusal is null);
        return turn switch
        {
            null => ServerResponse.Error(400, "BAD_REQUEST", refusal!),
            AutomaticResponse => Write(endpoint, model, request, ids, now, AutomaticAnswer.To(request, facts, endpoint.Name), null),
            ScriptedAnswer scripted => Write(endpoint, model, request, ids, now, Repeat(scripted.Answer, request.Choices), scripted.Usage),
            _ => FixedResponses.Create(turn, request, now),
        } with
        { Modifiers = turn?.Modifiers ?? new() };
    }

    private static ServerResponse Write(
        ServingEndpoint endpoint,
        ServedModel model,
        ChatRequest request,
        RequestIds ids,
        DateTimeOffset now,
        IReadOnlyList<ChatAnswer> choices,
        EmulatedUsage? usage)
    {
        var facts = model.Chat!;
        choices = [.. choices.Select((choice, index) => ReasoningPolicy.Apply(choice, facts, ids, index))];
        usage ??= endpoint.Cache.Apply(request, Count(request, choices));
        foreach (var choice in choices)
        {
            endpoint.Issued.Remember(choice);
        }

        var dialect = ChatDialect.For(facts.Dialect);
        var reply = new ChatReply(request, ids, now.ToUnixTimeSeconds(), facts.Upstream, choices, usage);
        return request.Stream
            ? new EventStreamResponse(dialect.Chunks(reply).Select(chunk => new SseEvent(
                CompactJson.Write(chunk.Finishes ? WithAgentMembers(chunk.Json, model, reply) : chunk.Json), null, chunk.Finishes)))
            : ServerResponse.Json(200, WithAgentMembers(dialect.Completion(reply), model, reply));
    }

    private static JsonObject WithAgentMembers(JsonObject body, ServedModel model, ChatReply reply)
    {
        if (model.Task == "agent/v1/chat")
        {
            AgentMembers.AddTo(body, reply.Request, reply.Ids, reply.Choices[0]);
        }

        return body;
    }

    private static EmulatedUsage Count(ChatRequest request, IReadOnlyList<ChatAnswer> choices) =>
        new(request.PromptTokens, choices.Sum(choice => choice.CompletionTokens))
        {
            ReasoningTokens = choices.Sum(choice => choice.ReasoningTokens),
        };

    private static ChatAnswer[] Repeat(ChatAnswer answer, int choices) => [.. Enumerable.Repeat(answer, choices)];
}
