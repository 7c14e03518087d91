using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Answers;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Responses;

/// <summary>
/// MLflow's ResponsesAgent: items in, items out (§8.3). It calculates with a tool of its own, and runs the tool of an approved request.
/// </summary>
internal sealed class ResponsesAgentHandler(DatabricksEmulatorOptions options)
{
    public ServerResponse Answer(ServingEndpoint endpoint, ServedModel model, JsonObject body, RequestIds ids)
    {
        var request = new ResponsesRequest(body);
        var refusal = endpoint.AcceptsEverything ? null : Refusal(request);
        var turn = endpoint.ResponseQueue.Take(refusal is null);
        ServerResponse Write(ChatAnswer answer, EmulatedUsage? usage) => ResponseWriting.Write(new ResponsesReply(
            request, ids, options.TimeProvider.GetUtcNow().ToUnixTimeSeconds(), model.Upstream ?? endpoint.Name, model.Chat!.Dialect,
            ResponsesFlavor.Agent, answer, usage ?? new EmulatedUsage(request.Chat.PromptTokens, answer.CompletionTokens),
            turn!.Modifiers.Deviations), endpoint.Issued);
        return turn switch
        {
            null => ServerResponse.Error(400, "BAD_REQUEST", refusal!),
            AutomaticResponse => Write(Automatic(request, model.Chat!, endpoint.Name), null),
            ScriptedAnswer scripted => Write(scripted.Answer, scripted.Usage),
            _ => ResponseWriting.Fixed(turn, request, ids, options.TimeProvider.GetUtcNow()),
        } with
        { Modifiers = turn?.Modifiers ?? new() };
    }

    // Unconfirmed: the texts; the first is that of MLflow's schema checks.
    private static string? Refusal(ResponsesRequest request)
    {
        if (request.Items.Count == 0)
        {
            return "Failed to enforce schema of the request. Model is missing inputs ['input'].";
        }

        var known = Of(request, "mcp_approval_request").Select(item => item.Text("id")).ToHashSet();
        var unknown = Approvals(request).FirstOrDefault(item => !known.Contains(item.Text("approval_request_id")));
        return unknown is null
            ? null
            : $"No mcp_approval_request with id '{unknown.Text("approval_request_id")}' precedes its mcp_approval_response.";
    }

    /// <summary>What the agent responds on its own.</summary>
    internal static ChatAnswer Automatic(ResponsesRequest request, ModelCapabilities facts, string name)
    {
        var decisions = request.Items.Reverse().TakeWhile(item => ResponsesRequest.TypeOf(item) == "mcp_approval_response")
            .Reverse().Select(item => (Request: RequestOf(request, item), IsApproved: item.Flag("approve") is true)).ToArray();
        if (decisions.Length > 0)
        {
            return new ChatAnswer
            {
                Runs =
                [
                    .. decisions.Where(decision => decision.IsApproved).Select(decision => new ToolRun(
                        decision.Request.Text("name") ?? "", decision.Request.Text("arguments") ?? "{}", "done")),
                ],
                Text = string.Join(' ', decisions.Select(decision => decision.IsApproved
                    ? $"I ran {decision.Request.Text("name")}: done."
                    : $"I did not run {decision.Request.Text("name")}.")),
            };
        }

        var answer = AutomaticAnswer.To(request.Chat, facts, name)[0];
        return answer.Calls.Count == 0 && new PromptValues(ConversationHistory.LastUserText(request.Chat)).Expression() is string expression
            && Arithmetic.Answer(expression) is string value
            ? answer with { Runs = [new ToolRun("calculator", CompactJson.Write(new JsonObject { ["expression"] = expression }), value)] }
            : answer;
    }

    // The official client sends a response with the id of the request [ai-sdk].
    private static JsonObject RequestOf(ResponsesRequest request, JsonObject response) =>
        Of(request, "mcp_approval_request").Last(item => item.Text("id") == response.Text("approval_request_id"));

    private static IEnumerable<JsonObject> Approvals(ResponsesRequest request) => Of(request, "mcp_approval_response");

    private static IEnumerable<JsonObject> Of(ResponsesRequest request, string type) =>
        request.Items.Where(item => ResponsesRequest.TypeOf(item) == type);
}
