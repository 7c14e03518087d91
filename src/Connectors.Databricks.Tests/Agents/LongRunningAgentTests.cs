using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>The Responses API of LongRunningAgentServer on the wire: what the server sends besides the events of a model.</summary>
public class LongRunningAgentTests
{
    private const string Done = "data: [DONE]\n\n";
    private const string RunId = "resp_1";

    [Fact]
    public async Task A_background_stream_that_breaks_is_continued_after_its_last_event()
    {
        var service = new VerbatimService().Streams(Delta(0, "Hel")).Streams(Delta(0, "Hel") + Delta(1, "lo") + Done);

        var updates = await Exchange.Collect(Client(service), options: AgentWorkspace.Background());

        Assert.Equal("Hello", string.Concat(updates.Select(update => update.Text)));
        var body = JsonNode.Parse(service.Sent[0].Body)!;
        Assert.Equal((true, true), ((bool)body["background"]!, (bool)body["stream"]!));
        Assert.Equal(
            ["/responses", "/responses/resp_1?stream=true&starting_after=0"], service.Sent.Select(request => request.Uri.PathAndQuery));
        Assert.All(updates[..^1], update => Assert.NotNull(update.ContinuationToken));
        Assert.All(updates, update => Assert.Equal(RunId, update.ResponseId));
    }

    [Fact]
    public async Task A_run_that_is_accepted_in_place_of_a_stream_is_followed()
    {
        var service = Started().Streams(Delta(0, "ok") + Done);

        var updates = await Exchange.Collect(Client(service), options: AgentWorkspace.Background());

        Assert.Equal(["", "ok", ""], updates.Select(update => update.Text));
        Assert.NotNull(updates[0].ContinuationToken);
    }

    [Fact]
    public async Task The_output_items_of_a_run_that_was_not_streamed_are_its_events()
    {
        var service = Started().Streams(Item(0, "Hello") + Item(1, "again") + Done);
        var agent = Client(service);

        var started = await agent.GetResponseAsync(Some.Question(), AgentWorkspace.Background());
        var updates = await agent.GetStreamingResponseAsync([], AgentWorkspace.Background(started.ContinuationToken)).ToListAsync();

        Assert.Equal(["Hello", "again"], updates.Where(update => update.Text.Length > 0).Select(update => update.Text));
    }

    [Fact]
    public async Task Numbers_of_the_agent_that_begin_again_are_none_of_the_run()
    {
        var service = new VerbatimService().Streams(
            Numbered(0, """{"type":"response.created","response":{"id":"r1","status":"in_progress"}}""") +
            Numbered(1, """{"type":"response.output_text.delta","item_id":"m1","delta":"One. "}""") +
            Numbered(2, """{"type":"response.completed","response":{"id":"r1","status":"completed","output":[]}}""") +
            Numbered(0, """{"type":"response.created","response":{"id":"r2","status":"in_progress"}}""") +
            Numbered(1, """{"type":"response.output_text.delta","item_id":"m2","delta":"Two."}""") +
            Numbered(2, """{"type":"response.completed","response":{"id":"r2","status":"completed","output":[]}}""") + Done);

        var updates = await Exchange.Collect(Client(service));

        Assert.Equal("One. Two.", string.Concat(updates.Select(update => update.Text)));
    }

    [Theory]
    [InlineData("""{"type":"error","error":{"message":"Too slow.","type":"server_error","code":"task_timeout"}}""")]
    [InlineData("""{"error":{"message":"Too slow.","type":"server_error","code":"task_timeout"}}""")]
    public async Task An_error_is_a_failed_run_with_and_without_a_type(string error)
    {
        var service = new VerbatimService().Streams($"{Delta(0, "Hel")}data: {error}\n\n");

        var exception = await Failure.OfStream(Client(service), AgentWorkspace.Background());

        Assert.Equal(
            (DatabricksServingErrorKind.AgentRunFailed, "task_timeout", "Too slow.", false),
            (exception.Kind, exception.ErrorCode, exception.ServiceMessage, exception.IsTransient));
        Assert.Contains("time limit", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_completed_run_without_output_is_an_empty_response()
    {
        var service = Started().Answers("""{"id":"resp_1","status":"completed","attempt_number":1}""");

        var response = await PollAsync(service);

        Assert.Equal(("", RunId, ChatFinishReason.Stop), (response.Text, response.ResponseId, response.FinishReason));
        Assert.Null(response.ContinuationToken);
    }

    [Fact]
    public async Task A_completed_run_without_events_is_an_empty_stream()
    {
        var service = Started().Streams(Done);
        var agent = Client(service);
        var started = await agent.GetResponseAsync(Some.Question(), AgentWorkspace.Background());

        var updates = await agent.GetStreamingResponseAsync([], AgentWorkspace.Background(started.ContinuationToken)).ToListAsync();

        Assert.Equal("", string.Concat(updates.Select(update => update.Text)));
    }

    [Fact]
    public async Task A_failed_run_without_an_error_is_reported()
    {
        var service = Started().Answers("""{"id":"resp_1","status":"failed","attempt_number":2}""");

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => PollAsync(service));

        Assert.Equal(DatabricksServingErrorKind.AgentRunFailed, exception.Kind);
    }

    [Fact]
    public async Task The_trace_of_a_streamed_run_is_returned()
    {
        var service = new VerbatimService().Streams(Delta(0, "ok") + Event(1, """{"trace_id":"tr-1"}""") + Done);

        var response = (await Exchange.Collect(Client(service), options: AgentWorkspace.Background())).ToChatResponse();

        Assert.Equal(("ok", "tr-1"), (response.Text, response.GetTraceId()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_request_leaves_out_is_reported(bool isBackground)
    {
        var service = new VerbatimService().Streams(Delta(0, "ok") + Done)
            .Answers("""{"output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"ok"}]}]}""");
        var options = new ChatOptions { AllowBackgroundResponses = isBackground, TopK = 5 };
        var agent = Client(service);

        var streamed = (await Exchange.Collect(agent, options: options)).ToChatResponse();
        var whole = await agent.GetResponseAsync(Some.Question(), options);

        Assert.Equal(["top_k", "top_k"], ((ChatResponse[])[streamed, whole]).SelectMany(response => response.GetRequestAdjustments())
            .Select(adjustment => adjustment.Field));
    }

    [Fact]
    public async Task A_start_whose_response_is_lost_is_not_repeated_and_the_error_says_that_the_run_may_go_on()
    {
        var lost = new VerbatimService().Throws(new HttpRequestException(HttpRequestError.ResponseEnded, "lost"));
        var cut = new VerbatimService().Streams("");
        DatabricksServingException[] exceptions =
        [
            await Assert.ThrowsAsync<DatabricksServingException>(
                () => Client(lost, WithRetries).GetResponseAsync(Some.Question(), AgentWorkspace.Background())),
            await Failure.OfStream(Client(cut, WithRetries), AgentWorkspace.Background()),
        ];

        Assert.All(exceptions, exception =>
        {
            Assert.Contains("The run may have started, and then goes on", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("AllowBackgroundResponses", exception.Message, StringComparison.Ordinal);
        });
        Assert.Equal((1, 1), (lost.Sent.Count, cut.Sent.Count));

        static void WithRetries(DatabricksServingOptions options) =>
            options.Resilience.Retry = new() { MaxRetryAttempts = 3, Delay = TimeSpan.Zero };
    }

    [Fact]
    public async Task A_canceled_poll_reports_that_its_run_goes_on()
    {
        var agent = Client(Started().NeverAnswers());
        var started = await agent.GetResponseAsync(Some.Question(), AgentWorkspace.Background());
        using var canceling = new CancellationTokenSource();
        var polling = agent.GetResponseAsync([], AgentWorkspace.Background(started.ContinuationToken), canceling.Token);

        await canceling.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);

        Assert.Equal(canceling.Token, exception.CancellationToken);
        Assert.Contains($"run '{RunId}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("The run goes on", exception.Message, StringComparison.Ordinal);
    }

    private static VerbatimService Started() =>
        new VerbatimService().Answers("""{"id":"resp_1","status":"in_progress","output":[]}""");

    private static async Task<ChatResponse> PollAsync(VerbatimService service)
    {
        var agent = Client(service);
        var started = await agent.GetResponseAsync(Some.Question(), AgentWorkspace.Background());
        return await agent.GetResponseAsync([], AgentWorkspace.Background(started.ContinuationToken));
    }

    private static string Delta(int number, string text) =>
        Event(number, $$"""{"type":"response.output_text.delta","item_id":"m1","delta":"{{text}}"}""");

    private static string Item(int number, string text) =>
        Event(number, $$"""{"type":"response.output_item.done","item":{{Message(number, text)}}}""");

    private static string Message(int number, string text) =>
        $$"""{"type":"message","id":"m{{number}}","role":"assistant","content":[{"type":"output_text","text":"{{text}}"}]}""";

    // As the server sends the events of a stored run.
    private static string Event(int number, string json) =>
        $"data: {json[..^1]},\"sequence_number\":{number},\"response_id\":\"{RunId}\"}}\n\n";

    // As an agent passes on those of a model.
    private static string Numbered(int number, string json) => $"data: {json[..^1]},\"sequence_number\":{number}}}\n\n";

    private static IChatClient Client(VerbatimService service, Action<DatabricksServingOptions>? configure = null) =>
        service.Client(options =>
        {
            options.Credential = DatabricksCredential.FromToken("some-oauth-token");
            configure?.Invoke(options);
        }).GetAgentClient(new Uri("https://my-agent.aws.databricksapps.com"));
}
