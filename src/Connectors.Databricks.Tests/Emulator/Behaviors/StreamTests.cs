using System.Net;
using System.Text;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Behaviors;

public class StreamTests
{
    private const string Inkling = "databricks-inkling";
    private const string Stream = """{"messages":[{"role":"user","content":"Hi"}],"stream":true}""";

    // Raw frames keep these tests about the framing and not about a dialect.
    private static readonly string[] ThreeFrames = ["data: 1\n\n", "data: 2\n\n", "data: 3\n\n"];

    [Fact]
    public async Task Raw_frames_arrive_as_they_are()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Inkling).StreamsRaw(ThreeFrames);

        using HttpResponseMessage response = await wire.InvokeAsync(Inkling, Stream);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("data: 1\n\ndata: 2\n\ndata: 3\n\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Raw_bytes_can_be_cut_in_the_middle_of_a_letter()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint(Inkling)
            .GoesSilentFor(TimeSpan.FromSeconds(1), afterEvents: 1)
            .StreamsRaw(Encoding.UTF8.GetBytes("data: ü\n\n"), 7, 1);

        using HttpResponseMessage response = await wire.InvokeAsync(Inkling, Stream);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        await endpoint.WaitForPauseAsync();
        byte[] first = new byte[64];
        int length = await body.ReadAsync(first);
        wire.Clock.Advance(TimeSpan.FromSeconds(1));
        using var rest = new MemoryStream();
        await body.CopyToAsync(rest);

        Assert.Equal(7, length);
        Assert.Equal("data: ü\n\n", Encoding.UTF8.GetString([.. first[..length], .. rest.ToArray()]));
    }

    [Fact]
    public async Task A_cut_stream_delivers_what_was_sent_and_then_fails()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Inkling).CutsTheStreamAfter(2).StreamsRaw(ThreeFrames);

        using HttpResponseMessage response = await wire.InvokeAsync(Inkling, Stream);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] received = new byte[18];
        await body.ReadExactlyAsync(received);

        Assert.Equal("data: 1\n\ndata: 2\n\n", Encoding.UTF8.GetString(received));
        await Assert.ThrowsAsync<HttpIOException>(() => body.ReadAsync(received).AsTask());
    }

    [Fact]
    public async Task A_cut_answer_without_a_stream_fails_halfway()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Inkling).CutsTheStreamAfter(0);

        using HttpResponseMessage response = await wire.InvokeAsync(Inkling, """{"messages":[{"role":"user","content":"Hi"}]}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(100, 3)]
    public async Task A_quiet_end_sends_neither_finish_reason_nor_done(int allowed, int sent)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gpt-5-2").EndsTheStreamQuietlyAfter(allowed).Replies("Hi.");

        string answer = await wire.ReadAsync("databricks-gpt-5-2", Stream);

        Assert.Equal(sent, answer.Split("data: ", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("\"finish_reason\":\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silence_lasts_until_the_clock_has_moved()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint(Inkling)
            .GoesSilentFor(TimeSpan.FromMinutes(5), afterEvents: 1)
            .StreamsRaw(ThreeFrames);

        using HttpResponseMessage response = await wire.InvokeAsync(Inkling, Stream);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        await endpoint.WaitForPauseAsync();
        byte[] buffer = new byte[64];
        int before = await body.ReadAsync(buffer);
        Task<int> after = body.ReadAsync(buffer).AsTask();
        Assert.False(after.IsCompleted);
        wire.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(9, before);
        Assert.True(await after > 0);
    }

    [Fact]
    public async Task Delayed_headers_come_when_the_clock_has_moved()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint(Inkling).DelaysTheHeadersBy(TimeSpan.FromSeconds(30));

        Task<HttpResponseMessage> asking = wire.InvokeAsync(Inkling, Stream);
        await endpoint.WaitForPauseAsync();
        Assert.False(asking.IsCompleted);
        wire.Clock.Advance(TimeSpan.FromSeconds(30));

        using HttpResponseMessage response = await asking;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_silent_stream_does_not_hold_up_the_end_of_the_emulator()
    {
        Wire wire = await Wire.OpenAsync();
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint(Inkling).GoesSilentFor(TimeSpan.FromDays(1));
        using HttpResponseMessage response = await wire.InvokeAsync(Inkling, Stream);
        await endpoint.WaitForPauseAsync();

        await wire.Emulator.DisposeAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
        wire.Http.Dispose();
    }

    [Theory]
    [InlineData(StreamErrorShape.OpenAI, """data: {"error":{"message":"Broken.","type":"server_error","code":"X"}}""")]
    [InlineData(StreamErrorShape.Text, """data: {"error":"Broken."}""")]
    [InlineData(StreamErrorShape.Databricks, """data: {"error_code":"X","message":"Broken."}""")]
    [InlineData(StreamErrorShape.Responses, """data: {"type":"error","code":"X","message":"Broken.","param":null,"sequence_number":1}""")]
    [InlineData(StreamErrorShape.Anthropic, "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"X\",\"message\":\"Broken.\"}}")]
    public async Task An_error_event_ends_the_stream_in_each_of_the_five_shapes(StreamErrorShape shape, string frame)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Inkling).SendsErrorEvent(shape, "X", "Broken.", afterEvents: 1).StreamsRaw(ThreeFrames);

        string answer = await wire.ReadAsync(Inkling, Stream);

        Assert.Equal($"data: 1\n\n{frame}\n\n", answer);
    }

    [Fact]
    public async Task Done_may_follow_an_error_event()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Inkling).SendsErrorEvent(StreamErrorShape.Text, afterEvents: 0, thenDone: true);

        string answer = await wire.ReadAsync(Inkling, Stream);

        Assert.Equal("data: {\"error\":\"The model stopped unexpectedly.\"}\n\ndata: [DONE]\n\n", answer);
    }

    [Fact]
    public async Task An_unknown_event_is_added_and_nothing_is_left_out()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Inkling).SendsUnknownEvent().StreamsRaw(ThreeFrames);

        string answer = await wire.ReadAsync(Inkling, Stream);

        Assert.Equal("data: 1\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\ndata: 2\n\ndata: 3\n\n", answer);
    }

    [Fact]
    public async Task Framing_can_be_odd_in_every_way_at_once()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gpt-5-2").SendsComments().SendsCrLf().SendsDataWithoutSpace().Replies("Hi");

        string answer = await wire.ReadAsync("databricks-gpt-5-2", Stream);

        string[] lines = answer.Split("\r\n");
        Assert.Equal(4, lines.Count(line => line == ": keep-alive"));
        Assert.Equal(3, lines.Count(line => line.StartsWith("data:{", StringComparison.Ordinal)));
        Assert.Equal("data:[DONE]", lines.Last(line => line.Length > 0));
        Assert.DoesNotContain('\n', answer.Replace("\r\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_delay_waits_before_each_event()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.TokenDelay = TimeSpan.FromMilliseconds(20));
        wire.Emulator.Endpoint("databricks-gpt-5-2").Replies("Hi");

        using HttpResponseMessage response = await wire.InvokeAsync("databricks-gpt-5-2", Stream);
        Task<string> reading = response.Content.ReadAsStringAsync();
        while (!reading.IsCompleted)
        {
            wire.Clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }

        Assert.EndsWith("data: [DONE]\n\n", await reading, StringComparison.Ordinal);
    }
}
