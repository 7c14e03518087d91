using System.Globalization;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;
using Connectors.Databricks.Emulator.Responses;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Apps;

/// <summary>
/// The Invocation API of <c>DurableAgentServer</c> [docs:aws/en/agents/query-llms]. Unconfirmed: the texts of errors, the names of the
/// members of a failed run, and the form of the agent's own output, here messages.
/// </summary>
internal sealed class InvocationAppHandler(AppState app, DatabricksEmulatorOptions options, CancellationToken stopping)
    : AppHandler(app, options.TimeProvider, stopping)
{
    private const string SessionHeader = "X-Databricks-Session-Id";

    public override Task HandleAsync(AppCall call) => (call.Request.Method, call.Path) switch
    {
        ("POST", ["api", "invocations"]) => CreateAsync(call),
        ("GET", ["api", "invocations", string id]) => App.Find(id) is AppRun run
            ? call.WriteAsync(200, Document(run)) : call.FailAsync(404, "Invocation not found"),
        ("GET", ["api", "invocations", string id, "events"]) => App.Find(id) is AppRun run
            ? ResumeAsync(call, run) : call.FailAsync(404, "Invocation not found"),
        _ => call.FailAsync(404, "Not Found"),
    };

    private async Task CreateAsync(AppCall call)
    {
        if (call.Json is not JsonObject body || body.Object("input") is null)
        {
            await call.FailAsync(422, "input: Field required").ConfigureAwait(false);
            return;
        }

        if (Session(call, body) is not string session)
        {
            await call.FailAsync(400, $"The header {SessionHeader} is required.").ConfigureAwait(false);
            return;
        }

        var id = body.Text("id") ?? call.Ids.Guid(9).ToString();
        if (!Guid.TryParseExact(id, "D", out _))
        {
            await call.FailAsync(422, "id: Input should be a valid UUID").ConfigureAwait(false);
            return;
        }

        var run = App.GetOrAdd(new AppRun(id, session, body, Clock.GetUtcNow()), out var isNew);
        if (!isNew && (run.SessionId != session || !JsonNode.DeepEquals(run.Request["input"], body["input"])))
        {
            await call.FailAsync(409, "An invocation with this id exists with another session or request.").ConfigureAwait(false);
            return;
        }

        if (isNew)
        {
            Start(run);
        }

        await RespondAsync(call, run, body).ConfigureAwait(false);
    }

    private static async Task RespondAsync(AppCall call, AppRun run, JsonObject body)
    {
        if (body.Flag("stream") is true)
        {
            await StreamAsync(call, run, 0).ConfigureAwait(false);
            return;
        }

        if (body.Flag("background") is true)
        {
            await call.WriteAsync(202, new JsonObject
            {
                ["id"] = run.Id,
                ["status"] = run.Status,
                ["status_url"] = $"/api/invocations/{run.Id}",
                ["events_url"] = $"/api/invocations/{run.Id}/events",
            }).ConfigureAwait(false);
            return;
        }

        await run.WaitForEndAsync(call.Stopped).ConfigureAwait(false);
        await (run.Failure is null ? call.WriteAsync(200, Document(run)) : call.FailAsync(500, "agent invocation failed"))
            .ConfigureAwait(false);
    }

    private string? Session(AppCall call, JsonObject body) =>
        call.Request.Headers.GetValueOrDefault(SessionHeader) is { Length: > 0 } header ? header
        : App.TakesSessionFromBody ? body.Text("session_id")
        : null;

    private Task ResumeAsync(AppCall call, AppRun run)
    {
        var after = call.Query("after");
        return after is null ? StreamAsync(call, run, 0)
            : int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? StreamAsync(call, run, Math.Max(0, number + 1 - App.Overlap))
            : call.FailAsync(422, "after: unknown event id");
    }

    private static async Task StreamAsync(AppCall call, AppRun run, int from)
    {
        await call.StartStreamAsync().ConfigureAwait(false);
        await foreach (var stored in run.FollowAsync(from, call.Stopped).ConfigureAwait(false))
        {
            await call.SendAsync($"id: {stored.Number.ToString(CultureInfo.InvariantCulture)}\nevent: {stored.Type}\ndata: " +
                $"{CompactJson.Write(stored.Json)}\n\n").ConfigureAwait(false);
        }
    }

    private static JsonObject Document(AppRun run)
    {
        var document = new JsonObject { ["id"] = run.Id, ["status"] = run.Status };
        if (run.Output is JsonNode output)
        {
            document["output"] = output.DeepClone();
        }

        if (run.Failure is AppFailure failure)
        {
            document["error"] = Error(failure);
        }

        return document;
    }

    protected override IEnumerable<(string Type, JsonObject Json)> EventsOf(AppRun run, string? text)
    {
        yield return ("run.started", new JsonObject { ["id"] = run.Id, ["session_id"] = run.SessionId });
        text ??= Automatic(run);
        foreach (var piece in Tokenizer.Split(text))
        {
            yield return ("delta", new JsonObject { ["content"] = piece });
        }

        yield return ("run.completed", new JsonObject { ["id"] = run.Id, ["status"] = "completed", ["output"] = Messages(text) });
    }

    protected override (string Type, JsonObject Json) ResumedEvent(AppRun run) =>
        ("run.resumed", new JsonObject { ["id"] = run.Id, ["attempt"] = run.Attempt });

    protected override (string Type, JsonObject Json) FailedEvent(AppRun run, AppFailure failure) =>
        ("run.failed", new JsonObject { ["id"] = run.Id, ["status"] = "failed", ["error"] = Error(failure) });

    protected override JsonNode? OutputOf(AppRun run) => run.Events[^1].Json["output"];

    private string Automatic(AppRun run)
    {
        // The agent keeps the messages of its sessions; a client sends those that are new.
        var messages = App.CompletedBefore(run)
            .SelectMany(earlier => MessagesOf(earlier.Request.Object("input")).Concat(MessagesOf(earlier.Output as JsonObject)))
            .Concat(MessagesOf(run.Request.Object("input")));
        var body = new JsonObject { ["input"] = new JsonArray([.. messages.Select(message => message?.DeepClone())]) };
        var request = new ResponsesRequest(body);
        return request.Items.Count == 0 ? "The request has no items."
            : ResponsesAgentHandler.Automatic(request, ModelTable.All[0], App.Name) is ChatAnswer { Text: string text } ? text : "Done.";
    }

    private static IEnumerable<JsonNode?> MessagesOf(JsonObject? json) => json?["messages"] as JsonArray ?? [];

    private static JsonObject Messages(string text) =>
        new() { ["messages"] = new JsonArray(new JsonObject { ["role"] = "assistant", ["content"] = text }) };

    private static JsonObject Error(AppFailure failure) => new() { ["code"] = failure.Code, ["message"] = failure.Message };
}
