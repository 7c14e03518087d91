using System.Globalization;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;
using Connectors.Databricks.Emulator.Responses;

namespace Connectors.Databricks.Emulator.Apps;

/// <summary>
/// The Responses API of <c>LongRunningAgentServer</c> [databricks-ai-bridge, src/databricks_ai_bridge/long_running/server.py]: background
/// runs that are polled, or streamed from an event number on.
/// </summary>
internal sealed class LongRunningAppHandler(AppState app, DatabricksEmulatorOptions options, CancellationToken stopping)
    : AppHandler(app, options.TimeProvider, stopping)
{
    private const string NoDatabase = "Response retrieval requires a database configuration.";
    private const string ItemDone = "response.output_item.done";

    private long _number;

    public override Task HandleAsync(AppCall call) => (call.Request.Method, call.Path) switch
    {
        ("POST", ["responses" or "invocations"]) => CreateAsync(call),
        ("POST", ["responses", _, "cancel"]) => call.FailAsync(501, "Cancellation is not yet implemented."),
        ("GET", ["responses", string id]) => RetrieveAsync(call, id),
        _ => call.FailAsync(404, "Not Found"),
    };

    private async Task CreateAsync(AppCall call)
    {
        if (call.Json is not JsonObject body)
        {
            await call.FailAsync(400, "Invalid JSON in request body").ConfigureAwait(false);
            return;
        }

        if (new ResponsesRequest(body).Items.Count == 0)
        {
            await call.FailAsync(400, "Invalid parameters for ResponsesAgent: input: Field required").ConfigureAwait(false);
            return;
        }

        // Without a database, the flag is ignored.
        var isBackground = body.Flag("background") is true && App.HasDatabase;
        var id = $"resp_{new RequestIds(Interlocked.Increment(ref _number)).Hex(7, 24)}";
        var isStream = body.Flag("stream") is true;
        var run = App.GetOrAdd(
            new AppRun(id, null, body, Clock.GetUtcNow()) { IsInvoked = isBackground && !isStream }, out _);
        Start(run);
        if (isStream)
        {
            await StreamAsync(call, run, isBackground ? 0 : null).ConfigureAwait(false);
        }
        else if (isBackground)
        {
            await call.WriteAsync(200, Accepted(run)).ConfigureAwait(false);
        }
        else
        {
            await RespondAsync(call, run).ConfigureAwait(false);
        }
    }

    private static async Task RespondAsync(AppCall call, AppRun run)
    {
        await run.WaitForEndAsync(call.Stopped).ConfigureAwait(false);
        if (run.Failure is AppFailure failure)
        {
            await call.FailAsync(500, failure.Message).ConfigureAwait(false);
            return;
        }

        var last = run.Events.Last(stored => stored.Type == "response.completed");
        await call.WriteAsync(200, (JsonObject)last.Json["response"]!.DeepClone()).ConfigureAwait(false);
    }

    private static JsonObject Accepted(AppRun run) => new()
    {
        ["id"] = run.Id,
        ["object"] = "response",
        ["created_at"] = run.CreatedAt.ToUnixTimeSeconds(),
        ["status"] = "in_progress",
        ["error"] = null,
        ["incomplete_details"] = null,
        ["output"] = new JsonArray(),
        ["metadata"] = new JsonObject(),
    };

    private async Task RetrieveAsync(AppCall call, string id)
    {
        var after = call.Query("starting_after") ?? "0";
        if (!App.HasDatabase)
        {
            await call.FailAsync(501, NoDatabase).ConfigureAwait(false);
        }
        else if (!int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var startingAfter))
        {
            await call.FailAsync(422, "starting_after: Input should be greater than or equal to 0").ConfigureAwait(false);
        }
        else if (call.Query("stream") is "true" or "True" or "1")
        {
            await (App.Find(id) is AppRun run ? StreamAsync(call, run, startingAfter) : call.FailAsync(404, "Response not found"))
                .ConfigureAwait(false);
        }
        else if (startingAfter != 0)
        {
            await call.FailAsync(400, "starting_after is only supported when stream=true.").ConfigureAwait(false);
        }
        else
        {
            await (App.Find(id) is AppRun run ? call.WriteAsync(200, Retrieved(run)) : call.FailAsync(404, "Response not found"))
                .ConfigureAwait(false);
        }
    }

    private static JsonObject Retrieved(AppRun run)
    {
        var document = new JsonObject { ["id"] = run.Id, ["status"] = run.IsFinished ? run.Status : "in_progress" };
        if (run.Failure is AppFailure failure)
        {
            document["error"] = Error(failure);
        }
        else if (run.Output is JsonNode output)
        {
            document["output"] = output.DeepClone();
        }

        document["attempt_number"] = run.Attempt;
        return document;
    }

    /// <param name="call">The request.</param>
    /// <param name="run">The run.</param>
    /// <param name="startingAfter">The number of the last event that the client has; null for a stream that is not stored.</param>
    private async Task StreamAsync(AppCall call, AppRun run, int? startingAfter)
    {
        await call.StartStreamAsync().ConfigureAwait(false);
        var from = startingAfter is null or 0 ? 0 : Math.Max(0, startingAfter.Value + 1 - App.Overlap);
        await foreach (var stored in run.FollowAsync(from, call.Stopped).ConfigureAwait(false))
        {
            var json = (JsonObject)stored.Json.DeepClone();
            if (startingAfter is not null)
            {
                json["sequence_number"] = stored.Number;
                json["response_id"] = run.Id;
            }

            await call.SendAsync($"data: {CompactJson.Write(json)}\n\n").ConfigureAwait(false);
        }

        if (run.Status == "completed")
        {
            await call.SendAsync("data: [DONE]\n\n").ConfigureAwait(false);
        }
    }

    protected override IEnumerable<(string Type, JsonObject Json)> EventsOf(AppRun run, string? text)
    {
        var request = new ResponsesRequest(run.Request);
        var facts = ModelTable.All[0];
        var ids = new RequestIds(Interlocked.Increment(ref _number) << 8);
        var answer = text is null ? ResponsesAgentHandler.Automatic(request, facts, App.Name) : new ChatAnswer { Text = text };
        var reply = new ResponsesReply(
            request, ids, run.CreatedAt.ToUnixTimeSeconds(), App.Name, facts.Dialect, ResponsesFlavor.Agent, answer,
            new EmulatedUsage(request.Chat.PromptTokens, answer.CompletionTokens), new HashSet<ResponsesDeviation>());
        return ResponseEvents.Of(reply, ResponseItems.Of(reply)).Select(next => (next.Type, next.Json));
    }

    protected override (string Type, JsonObject Json) ResumedEvent(AppRun run) => ("response.resumed", new JsonObject
    {
        ["type"] = "response.resumed",
        ["attempt"] = run.Attempt,
        ["from_seq"] = run.Events.Count,
        ["conversation_id"] = $"{Conversation(run)}::attempt-{run.Attempt.ToString(CultureInfo.InvariantCulture)}",
    });

    protected override (string Type, JsonObject Json) FailedEvent(AppRun run, AppFailure failure) =>
        ("error", new JsonObject { ["type"] = "error", ["error"] = Error(failure) });

    /// <summary>
    /// The output items, when the agent was called for a whole response. Another attempt, after a crash, streams (server.py,
    /// _do_background_invoke and _try_claim_and_resume).
    /// </summary>
    protected override IEnumerable<(string Type, JsonObject Json)>? StoredAtTheEnd(
        AppRun run, IEnumerable<(string Type, JsonObject Json)> events) => !run.IsInvoked || run.Attempt > 1 ? null :
        events.Where(happened => happened.Type == ItemDone).Select(
            happened => (happened.Type, new JsonObject { ["type"] = ItemDone, ["item"] = happened.Json["item"]?.DeepClone() }));

    /// <summary>The items of every attempt: the server does not remove those that a crash repeated.</summary>
    protected override JsonNode OutputOf(AppRun run) => new JsonArray(
        [.. run.Events.Where(stored => stored.Type == ItemDone).Select(stored => stored.Json["item"]?.DeepClone())]);

    private static string Conversation(AppRun run) =>
        run.Request.Object("custom_inputs")?.Text("thread_id") ?? run.Request.Object("custom_inputs")?.Text("session_id")
        ?? run.Request.Object("context")?.Text("conversation_id") ?? run.Id;

    private static JsonObject Error(AppFailure failure) =>
        new() { ["message"] = failure.Message, ["type"] = "server_error", ["code"] = failure.Code };
}
