using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.TextCompletions;

public class CompletionStreamTests
{
    private const string First = """{"id":"cmpl-1","model":"m","choices":[{"index":0,"text":" upon","finish_reason":null}]}""";
    private const string Last = """{"id":"cmpl-1","choices":[{"index":0,"text":"","finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""";

    [Fact]
    public async Task Text_comes_as_it_arrives_and_the_counts_at_the_end()
    {
        var updates = await Completing.ReadsStream(First, """{"choices":[{"index":0,"text":" a time"}]}""", Last, "[DONE]");

        Assert.Equal([" upon", " a time", "", ""], updates.Select(update => update.Text));
        Assert.Equal([null, null, ChatFinishReason.Stop, null], updates.Select(update => update.FinishReason));
        Assert.Equal(("cmpl-1", "m"), (updates[0].Id, updates[0].ModelId));
        Assert.Equal(
            (1L, 2L, 3L), (updates[3].Usage!.InputTokenCount, updates[3].Usage!.OutputTokenCount, updates[3].Usage!.TotalTokenCount));
        Assert.All(updates.Take(3), update => Assert.Null(update.Usage));
    }

    [Fact]
    public async Task Pieces_of_several_prompts_say_whose_they_are()
    {
        var service = new VerbatimService().Streams(Exchange.Events(
            """{"choices":[{"index":0,"text":"a"},{"index":1,"text":"b"}]}""",
            """{"choices":[{"index":1,"text":"B","finish_reason":"length"}]}""",
            """{"choices":[{"index":0,"text":"A","finish_reason":"stop"}]}"""));

        var updates = await Completing.Collect(service, prompts: 2);

        Assert.Equal([(0, "a"), (1, "b"), (1, "B"), (0, "A")], updates.Select(update => (update.ChoiceIndex, update.Text)));
    }

    [Fact]
    public async Task A_stream_without_an_end_marker_ends_well_when_every_choice_has_finished() =>
        Assert.Equal(3, (await Completing.ReadsStream(First, Last)).Count);

    [Theory]
    [InlineData(First)]
    [InlineData("""{"choices":[]}""")]
    public async Task A_stream_that_is_cut_off_throws(string data)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Completing.ReadsStream(data));

        Assert.Equal(
            "Streaming completion on endpoint 'some-endpoint' failed: the stream ended before its end marker; what arrived is " +
            "incomplete. Try again.", exception.Message);
        Assert.True(exception.IsTransient);
    }

    [Theory]
    [InlineData("""{"error":{"message":"It broke.","code":"INTERNAL_ERROR"}}""")]
    [InlineData("""{"error_code":"INTERNAL_ERROR","message":"It broke."}""")]
    public async Task An_error_inside_the_stream_throws(string error) => Assert.StartsWith(
        "Streaming completion on endpoint 'some-endpoint' failed: the stream broke off with an error, INTERNAL_ERROR: \"It broke.\"",
        (await Assert.ThrowsAsync<DatabricksServingException>(() => Completing.ReadsStream(First, error, "[DONE]"))).Message);

    [Fact]
    public async Task Events_of_other_kinds_are_passed_over()
    {
        var service = new VerbatimService().Streams(
            $": hello\n\nevent: ping\ndata: not JSON\n\ndata:{First}\r\n\r\ndata: {Last}\n\ndata: [DONE]\n\n");

        Assert.Equal([" upon", "", ""], (await Completing.Collect(service)).Select(update => update.Text));
    }

    [Fact]
    public async Task A_stream_without_a_choice_throws() => Assert.StartsWith(
        "Streaming completion on endpoint 'some-endpoint' failed: a response without choices.",
        (await Assert.ThrowsAsync<DatabricksServingException>(() => Completing.ReadsStream("[DONE]"))).Message);

    [Fact]
    public async Task One_body_in_place_of_a_stream_is_read()
    {
        var service = new VerbatimService().Answers(
            """{"choices":[{"index":0,"text":"all of it","finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""");

        var updates = await Completing.Collect(service);

        Assert.Equal(["all of it", ""], updates.Select(update => update.Text));
        Assert.Equal(3, updates[1].Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task Options_that_change_before_a_stream_is_asked_for_do_not_change_it()
    {
        var service = new VerbatimService().Streams(
            Exchange.Events("""{"choices":[{"index":0,"text":"upon","finish_reason":"stop"}]}""", "[DONE]"));
        var options = new DatabricksCompletionOptions { ChoiceCount = 1, StopSequences = ["\n"] };
        var stream = service.Client().CompleteStreamingAsync(VerbatimService.EndpointName, "Once", options);

        options.ChoiceCount = 2;
        options.StopSequences.Clear();

        await foreach (var update in stream)
        {
            Assert.Equal("upon", update.Text);
        }

        JsonText.AssertEqual("""{"prompt":"Once","n":1,"stop":["\n"],"stream":true}""", Assert.Single(service.Sent).Body);
    }

    [Fact]
    public async Task Raw_events_are_kept_on_request_alone()
    {
        var service = new VerbatimService().Streams(Exchange.Events(First, Last, "[DONE]"));
        var updates = new List<DatabricksCompletionUpdate>();
        await foreach (var update in service.Client().CompleteStreamingAsync("some-endpoint", "Once", new() { IncludeRawUpdates = true }))
        {
            updates.Add(update);
        }

        Assert.Equal(First, System.Text.Encoding.UTF8.GetString(updates[0].RawResponse!.Body.Span));
        Assert.All(await Completing.ReadsStream(First, Last, "[DONE]"), update => Assert.Null(update.RawResponse));
    }
}
