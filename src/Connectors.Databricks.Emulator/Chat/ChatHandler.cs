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
        ServerResponse Write(IReadOnlyList<ChatAnswer> choices, EmulatedUsage? usage)
        {
            choices = [.. choices.Select((choice, index) => ReasoningPolicy.Apply(choice, facts, ids, index))];
            foreach (var choice in choices)
            {
                endpoint.Issued.Remember(choice);
            }

            usage ??= endpoint.Cache.Apply(request, Count(request, choices));
            var reply = new ChatReply(request, ids, now.ToUnixTimeSeconds(), facts.Upstream, choices, usage) { IsGateway = isGateway };
            return ChatHandler.Write(model, reply, turn!.Modifiers.ChatDeviations);
        }

        return turn switch
        {
            null => ServerResponse.Error(400, "BAD_REQUEST", refusal!),
            AutomaticResponse => Write(AutomaticAnswer.To(request, facts, endpoint.Name), null),
            ScriptedAnswer scripted => Write(Repeat(scripted.Answer, request.Choices), scripted.Usage),
            _ => FixedResponses.Create(turn, request, now),
        } with
        { Modifiers = turn?.Modifiers ?? new() };
    }

    private static ServerResponse Write(ServedModel model, ChatReply reply, IReadOnlySet<ChatDeviation> deviations)
    {
        var dialect = ChatDialect.For(model.Chat!.Dialect);
        return reply.Request.Stream
            ? new EventStreamResponse(ChatDeviations.Apply(dialect.Chunks(reply), deviations).Select(chunk => new SseEvent(
                CompactJson.Write(chunk.Finishes ? WithAgentMembers(chunk.Json, model, reply) : chunk.Json), null, chunk.Finishes)))
            : ServerResponse.Json(200, WithAgentMembers(ChatDeviations.Apply(dialect.Completion(reply), deviations), model, reply));
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
