using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Agents.LongRunningWire;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>The Responses API of LongRunningAgentServer on the wire: what the server sends besides the events of a model.</summary>
public class LongRunningAgentTests
{
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
}
