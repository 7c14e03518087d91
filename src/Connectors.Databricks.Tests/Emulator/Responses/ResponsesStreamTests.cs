using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Responses;

/// <summary>Streams of the Responses API and what deviates in them, on the wire.</summary>
public class ResponsesStreamTests
{
    private const string Ask = """{"model":"system.ai.kimi-k3","input":"Hi","stream":true}""";

    [Fact]
    public async Task A_text_streams_as_items_and_parts()
    {
        var events = await StreamAsync();

        Assert.Equal(
            [
                "response.created", "response.in_progress", "response.output_item.added", "response.content_part.added",
                "response.output_text.delta", "response.output_text.delta", "response.output_text.done", "response.content_part.done",
                "response.output_item.done", "response.completed",
            ],
            events.Select(one => ResponsesWire.TypeOf(one.Data)));
        Assert.All(events, one => Assert.Equal(one.Name, ResponsesWire.TypeOf(one.Data)));
        Assert.Equal(
            Enumerable.Range(0, events.Count), events.Select(one => JsonNode.Parse(one.Data)!["sequence_number"]!.GetValue<int>()));
        Assert.Equal("Hello.", JsonNode.Parse(events[^1].Data)!["response"]!["output"]![0]!["content"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_call_streams_its_arguments()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("system.ai.kimi-k3").CallsTool("f", """{"a":1}""");

        var events = await wire.StreamResponsesAsync(
            ResponsesWire.Gateway,
            """{"model":"system.ai.kimi-k3","input":"Hi","stream":true,"tools":[{"type":"function","name":"f"}]}""");

        Assert.Equal(
            """{"a":1}""",
            string.Concat(events.Where(one => one.Name == "response.function_call_arguments.delta")
                .Select(one => JsonNode.Parse(one.Data)!["delta"]!.GetValue<string>())));
        Assert.Contains(events, one => one.Name == "response.function_call_arguments.done");
    }

    [Fact]
    public async Task Reasoning_streams_as_a_summary_or_as_text()
    {
        await using Wire wire = await Wire.OpenAsync();

        var claude = await wire.StreamResponsesAsync(
            ResponsesWire.Gateway, """{"model":"system.ai.claude-sonnet-4-5","input":"Hi","stream":true,"reasoning":{"effort":"low"}}""");
        var gptOss = await wire.StreamResponsesAsync(
            ResponsesWire.Gateway, """{"model":"system.ai.gpt-oss-120b","input":"Hi","stream":true}""");

        Assert.Contains(claude, one => one.Name == "response.reasoning_summary_text.delta");
        Assert.Contains(gptOss, one => one.Name == "response.reasoning_text.delta");
    }

    [Fact]
    public async Task An_error_can_precede_a_completed()
    {
        var events = await StreamAsync(ResponsesDeviation.ErrorThenCompleted);

        Assert.Equal(["error", "response.completed"], events.TakeLast(2).Select(one => ResponsesWire.TypeOf(one.Data)));
    }

    [Fact]
    public async Task A_completed_can_be_empty_after_deltas()
    {
        var events = await StreamAsync(ResponsesDeviation.EmptyCompletedOutput);

        Assert.Contains(events, one => one.Name == "response.output_text.delta");
        Assert.Empty(JsonNode.Parse(events[^1].Data)!["response"]!["output"]!.AsArray());
    }

    [Fact]
    public async Task The_event_line_alone_can_name_an_event()
    {
        var events = await StreamAsync(ResponsesDeviation.EventLineWithoutType);

        Assert.All(events, one => Assert.Equal("", ResponsesWire.TypeOf(one.Data)));
        Assert.Equal("response.completed", events[^1].Name);
    }

    [Theory]
    [InlineData(ResponsesDeviation.NoDeltas, "response.created response.in_progress response.output_item.done response.completed")]
    [InlineData(
        ResponsesDeviation.OnlyDeltas,
        "response.created response.in_progress response.output_text.delta response.output_text.delta response.completed")]
    public async Task Events_can_be_left_out(ResponsesDeviation deviation, string types) =>
        Assert.Equal(types, string.Join(' ', (await StreamAsync(deviation)).Select(one => ResponsesWire.TypeOf(one.Data))));

    [Theory]
    [InlineData(ResponsesDeviation.Failed, "response.failed")]
    [InlineData(ResponsesDeviation.ResponseErrorEvent, "response.error")]
    [InlineData(ResponsesDeviation.MisspelledCompleted, "responses.completed")]
    [InlineData(ResponsesDeviation.OtherTerminator, "[DONE]")]
    public async Task The_last_event_can_be_another(ResponsesDeviation deviation, string last) =>
        Assert.Equal(last, ResponsesWire.TypeOf((await StreamAsync(deviation))[^1].Data));

    [Fact]
    public async Task Events_can_have_no_event_line() =>
        Assert.All(await StreamAsync(ResponsesDeviation.NoEventLines), one => Assert.Null(one.Name));

    [Fact]
    public async Task Ids_can_be_placeholders() => Assert.All(
        (await StreamAsync(ResponsesDeviation.PlaceholderIds)).Where(one => one.Name == "response.output_text.delta"),
        one => Assert.Equal("__fake_id__", JsonNode.Parse(one.Data)!["item_id"]!.GetValue<string>()));

    [Fact]
    public async Task An_event_can_have_no_type_at_all() => Assert.Contains(
        await StreamAsync(ResponsesDeviation.UntypedTraceEvent),
        one => one.Name is null && one.Data.StartsWith("{\"trace_id\":\"tr-", StringComparison.Ordinal));

    [Fact]
    public async Task A_stream_can_have_two_cycles() => Assert.Equal(
        2, (await StreamAsync(ResponsesDeviation.RepeatedCycles)).Count(one => one.Name == "response.completed"));

    [Fact]
    public async Task Reasoning_can_have_the_spelling_of_open_responses()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("system.ai.gpt-oss-120b").Deviates(ResponsesDeviation.ReasoningDelta);

        var events = await wire.StreamResponsesAsync(
            ResponsesWire.Gateway, """{"model":"system.ai.gpt-oss-120b","input":"Hi","stream":true}""");

        Assert.Contains(events, one => ResponsesWire.TypeOf(one.Data) == "response.reasoning.delta");
        Assert.DoesNotContain(events, one => ResponsesWire.TypeOf(one.Data) == "response.reasoning_text.delta");
    }

    [Theory]
    [InlineData(ResponsesDeviation.ReasoningAsMessage, """{"type":"message","id":""")]
    [InlineData(ResponsesDeviation.NullItemStatus, "\"status\":null")]
    public async Task Items_can_deviate(ResponsesDeviation deviation, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("system.ai.gpt-oss-120b").Deviates(deviation);

        JsonNode response = await wire.ReadResponsesAsync(ResponsesWire.Gateway, """{"model":"system.ai.gpt-oss-120b","input":"Hi"}""");

        Assert.Contains(expected, response["output"]![0]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_details_can_be_missing()
    {
        var events = await StreamAsync(ResponsesDeviation.NoTokenDetails);

        Assert.Null(JsonNode.Parse(events[^1].Data)!["response"]!["usage"]!["input_tokens_details"]);
    }

    [Fact]
    public async Task A_stream_can_end_without_a_terminator()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("system.ai.kimi-k3").EndsTheStreamQuietlyAfter(100).Replies("Hello.");

        Assert.Equal("response.output_item.done", (await wire.StreamResponsesAsync(ResponsesWire.Gateway, Ask))[^1].Name);
    }

    [Fact]
    public async Task A_denial_is_the_last_event()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("system.ai.kimi-k3").DeniesByServicePolicy(reason: "PII");

        JsonNode last = JsonNode.Parse((await wire.StreamResponsesAsync(ResponsesWire.Gateway, Ask))[^1].Data)!;

        Assert.Equal("response.incomplete", last["type"]!.GetValue<string>());
        Assert.Equal("content_filter", last["response"]!["incomplete_details"]!["reason"]!.GetValue<string>());
        Assert.Equal(
            """{"name":"p1","action":"deny","phase":"pre_call","reason":"PII"}""",
            last["response"]!["databricks_service_policy"]!.ToJsonString());
    }

    private static async Task<IReadOnlyList<(string? Name, string Data)>> StreamAsync(params ResponsesDeviation[] deviations)
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint("system.ai.kimi-k3");
        foreach (ResponsesDeviation deviation in deviations)
        {
            endpoint.Deviates(deviation);
        }

        endpoint.Replies("Hello.");
        return await wire.StreamResponsesAsync(ResponsesWire.Gateway, Ask);
    }
}
