using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Responses;

/// <summary>Writes a response of the Responses API whole or as a stream, and queued responses that need no model.</summary>
internal static class ResponseWriting
{
    public static ServerResponse Write(ResponsesReply reply, IssuedReasoningStore issued)
    {
        var items = ResponseItems.Of(reply);
        foreach (var item in items.Where(_ => !reply.Has(ResponsesDeviation.PlaceholderIds)))
        {
            issued.RememberItem(item);
        }

        if (!reply.Request.Stream)
        {
            return ServerResponse.Json(200, ResponseDocument.Whole(reply, items));
        }

        // Unconfirmed: whether the gateway sends [DONE]; agents do (§8.3).
        var sendsDone = reply.Flavor == ResponsesFlavor.Agent != reply.Has(ResponsesDeviation.OtherTerminator);
        return new EventStreamResponse(EventDeviations.Apply(ResponseEvents.Of(reply, items), reply)) { SendsDone = sendsDone };
    }

    public static ServerResponse Fixed(QueuedResponse turn, ResponsesRequest request, RequestIds ids, DateTimeOffset now) => turn switch
    {
        PolicyDenial denial => Denied(denial, request, ids, now),
        ToolLogin login => LoginNeeded(login, request, ids, now),
        _ => FixedResponses.Create(turn, request.Chat, now),
    };

    /// <summary>Unconfirmed: the whole shape; no capture of a denial on this route was found.</summary>
    private static ServerResponse Denied(PolicyDenial denial, ResponsesRequest request, RequestIds ids, DateTimeOffset now)
    {
        var reply = Plain(request, ids, now, new ChatAnswer
        {
            Text = ServicePolicyDenials.Text(denial),
            FinishReason = denial.Style == ServicePolicyDenialStyle.StopFinishReason ? "stop" : "content_filter",
        });
        var items = ResponseItems.Of(reply);
        var whole = ResponseDocument.Whole(reply, items);
        if (denial.Style != ServicePolicyDenialStyle.WithoutObject)
        {
            whole["databricks_service_policy"] = ServicePolicyDenials.Policy(denial);
        }

        if (!request.Stream)
        {
            return ServerResponse.Json(200, whole);
        }

        var last = ResponseEvents.Event($"response.{ResponseDocument.Status(reply)}", ("response", whole));
        return Stream(last with { Finishes = true }, reply);
    }

    /// <summary>
    /// A tool whose connection has no login of the user (unnamed public captures). Unconfirmed: the response without streaming.
    /// </summary>
    private static ServerResponse LoginNeeded(ToolLogin login, ResponsesRequest request, RequestIds ids, DateTimeOffset now)
    {
        var reply = Plain(request, ids, now, new ChatAnswer());
        var message = $"Credential for user identity('emulator@example.com') is not found for the connection '{login.Connection}'. "
            + $"Please login first to the connection by visiting {login.Url}";
        if (request.Stream)
        {
            return Stream(EventDeviations.Error("error", "oauth", message) with { Finishes = true }, reply);
        }

        var whole = ResponseDocument.Whole(reply with { Deviations = new HashSet<ResponsesDeviation> { ResponsesDeviation.Failed } }, []);
        whole["error"] = new JsonObject { ["code"] = "oauth", ["message"] = message };
        return ServerResponse.Json(200, whole);
    }

    private static EventStreamResponse Stream(ResponseEvent last, ResponsesReply reply) => new(EventDeviations.Apply(
        [ResponseEvents.Event("response.created", ("response", ResponseDocument.InProgress(reply))), last], reply))
    {
        SendsDone = false,
    };

    private static ResponsesReply Plain(ResponsesRequest request, RequestIds ids, DateTimeOffset now, ChatAnswer answer) => new(
        request, ids, now.ToUnixTimeSeconds(), request.Body.Text("model") ?? "agent", EmulatedDialect.Llama, ResponsesFlavor.Unified,
        answer, new EmulatedUsage(0, 0), new HashSet<ResponsesDeviation>());
}
