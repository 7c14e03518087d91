using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Answers;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Models;
using Connectors.Databricks.Emulator.Refusals;

namespace Connectors.Databricks.Emulator.Responses;

/// <summary>
/// Handles Responses requests to models: validates, takes the next queued response, writes it in the flavor of the route.
/// </summary>
internal sealed class ResponsesHandler(DatabricksEmulatorOptions options)
{
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="model">The model.</param>
    /// <param name="body">The request.</param>
    /// <param name="ids">The ids of the response.</param>
    /// <param name="isUnified">Whether the route translates for every family.</param>
    public ServerResponse Answer(ServingEndpoint endpoint, ServedModel model, JsonObject body, RequestIds ids, bool isUnified)
    {
        if (model.Chat is not ModelCapabilities facts || (!isUnified && facts.Dialect != EmulatedDialect.OpenAI))
        {
            // The text was captured (unnamed public capture).
            return ServerResponse.Error(400, "BAD_REQUEST", $"Responses API passthrough is not supported for model {endpoint.Name}.");
        }

        var flavor = isUnified ? ResponsesFlavor.Unified : ResponsesFlavor.Native;
        var request = new ResponsesRequest(body, facts.Dialect);
        var context = new RuleContext(request.Chat, facts, endpoint, options) { IsGateway = isUnified };
        var refusal = endpoint.AcceptsEverything ? null : new ResponsesRules(context, request, flavor).FirstViolation();
        var turn = endpoint.ResponseQueue.Take(refusal is null);
        ServerResponse Write(ChatAnswer answer, EmulatedUsage? usage) => ResponseWriting.Write(new ResponsesReply(
            request, ids, options.TimeProvider.GetUtcNow().ToUnixTimeSeconds(), facts.Upstream, facts.Dialect, flavor,
            Sealed(endpoint, facts, answer, ids), usage ?? Count(request, answer), turn!.Modifiers.Deviations), endpoint.Issued);
        return turn switch
        {
            null => ServerResponse.Error(400, Code(refusal!), refusal!),
            AutomaticResponse => Write(Automatic(request, facts, endpoint), null),
            ScriptedAnswer scripted => Write(scripted.Answer, scripted.Usage),
            _ => ResponseWriting.Fixed(turn, request, ids, options.TimeProvider.GetUtcNow()),
        } with
        { Modifiers = turn?.Modifiers ?? new() };
    }

    private static string Code(string refusal) =>
        refusal.StartsWith("INVALID_PARAMETER_VALUE", StringComparison.Ordinal) ? "INVALID_PARAMETER_VALUE" : "BAD_REQUEST";

    /// <summary>An effort makes Claude think, and shows its summary.</summary>
    private static ChatAnswer Automatic(ResponsesRequest request, ModelCapabilities facts, ServingEndpoint endpoint)
    {
        var chat = request.Chat;
        if (chat.ReasoningEffort is not (null or "none") && facts.Thinking is ThinkingStyle.Budget or ThinkingStyle.Adaptive)
        {
            var body = (JsonObject)chat.Body.DeepClone();
            body["thinking"] = new JsonObject { ["type"] = "enabled", ["display"] = "summarized" };
            chat = new ChatRequest(body);
        }

        return AutomaticAnswer.To(chat, facts, endpoint.Name)[0];
    }

    /// <summary>Adds the encrypted content of reasoning, and stores it.</summary>
    private static ChatAnswer Sealed(ServingEndpoint endpoint, ModelCapabilities facts, ChatAnswer answer, RequestIds ids)
    {
        var reasons = answer.Reasoning is not null || answer.HiddenReasoningTokens > 0;
        if (reasons && facts.Dialect is EmulatedDialect.OpenAI or EmulatedDialect.Claude)
        {
            answer = answer with
            {
                EncryptedReasoning = answer.EncryptedReasoning ?? answer.Signature ?? ReasoningPolicy.Sign(ids, 0),
            };
        }

        endpoint.Issued.Remember(answer);
        return answer;
    }

    private static EmulatedUsage Count(ResponsesRequest request, ChatAnswer answer) =>
        new(request.Chat.PromptTokens, answer.CompletionTokens) { ReasoningTokens = answer.ReasoningTokens };
}
