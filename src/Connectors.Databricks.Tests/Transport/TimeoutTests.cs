using System.IO.Pipelines;
using System.Net;
using System.Text;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>Every timeout is a DatabricksServingException with a TimeoutException inside, and names the option to raise.</summary>
public class TimeoutTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task No_headers_within_the_request_time_out()
    {
        var clock = new FakeClock();
        var failing = Failure.Of(new VerbatimService().NeverAnswers(), options => Limited(options, clock));

        IsTheRequestTimeout("Chat", await Elapsed(clock, failing));
    }

    [Fact]
    public async Task No_headers_of_a_stream_within_the_request_time_out()
    {
        var clock = new FakeClock();
        var failing = Failure.OfStream(new VerbatimService().NeverAnswers(), options => Limited(options, clock));

        IsTheRequestTimeout("Streaming chat", await Elapsed(clock, failing));
    }

    [Fact]
    public async Task No_whole_body_within_the_request_time_out()
    {
        var clock = new FakeClock();
        var failing = Failure.Of(new VerbatimService().Answers(HttpStatusCode.OK, Endless()), options => Limited(options, clock));

        IsTheRequestTimeout("Chat", await Elapsed(clock, failing));
    }

    [Fact]
    public async Task An_error_body_that_never_ends_leaves_the_status_after_ten_seconds()
    {
        var clock = new FakeClock();
        var failing = Failure.Of(new VerbatimService().Answers(HttpStatusCode.BadRequest, Endless()), options => Limited(options, clock));
        await clock.TimerDueIn(TimeSpan.FromSeconds(10));
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(HttpStatusCode.BadRequest, (await failing).StatusCode);
    }

    [Fact]
    public async Task No_whole_body_in_answer_to_a_stream_within_the_request_time_out()
    {
        var clock = new FakeClock();
        var failing = Failure.OfStream(new VerbatimService().Answers(HttpStatusCode.OK, Endless()), options => Limited(options, clock));

        IsTheRequestTimeout("Streaming chat", await Elapsed(clock, failing));
    }

    [Fact]
    public async Task The_request_time_out_ends_with_the_headers_of_a_stream()
    {
        var clock = new FakeClock();
        var body = new Pipe();
        var service = new VerbatimService().Streams(body.Reader.AsStream());
        var chat = service.Chat(options => Limited(options, clock));
        await Write(body, Chunk("a"));
        await using var updates = chat.GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();
        await updates.MoveNextAsync();

        clock.Advance(Limit * 10);

        await Write(body, Chunk("b"));
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal("b", updates.Current.Text);
    }

    [Fact]
    public async Task Headers_of_a_stream_in_the_moment_in_which_the_time_is_over()
    {
        var clock = new FakeClock();
        var service = new VerbatimService().Streams(Exchange.Events(Chunk("a"), "[DONE]"));
        using var http = new HttpClient(new CallbackHandler(service, () => clock.Advance(Limit)));

        var failure = await Failure.OfStream(service, options =>
        {
            Limited(options, clock);
            options.HttpClient = http;
        });

        IsTheRequestTimeout("Streaming chat", failure);
    }

    [Fact]
    public async Task A_silence_longer_than_the_idle_time_out()
    {
        var clock = new FakeClock();
        var body = new Pipe();
        await Write(body, Chunk("a"));
        var failing = Failure.OfStream(
            new VerbatimService().Streams(body.Reader.AsStream(), ("x-request-id", "7c1d")), options => Idle(options, clock));

        var failure = await Elapsed(clock, failing);

        Assert.Equal(
            "Streaming chat on endpoint 'some-endpoint' failed: nothing arrived for 00:00:20 in the middle of the stream. " +
            "Try again, or raise StreamIdleTimeout. (Request id 7c1d.)",
            failure.Message);
        Assert.Equal((true, "7c1d", true), (failure.IsTransient, failure.RequestId, failure.InnerException is TimeoutException));
    }

    [Fact]
    public async Task Each_piece_restarts_the_idle_timeout()
    {
        var clock = new FakeClock();
        var body = new Pipe();
        var service = new VerbatimService().Streams(body.Reader.AsStream());
        await using var updates = service.Chat(options => Idle(options, clock)).GetStreamingResponseAsync(Some.Question())
            .GetAsyncEnumerator();
        for (var i = 0; i < 3; i++)
        {
            var next = updates.MoveNextAsync().AsTask();
            await clock.TimerWithin(Limit);
            clock.Advance(Limit - TimeSpan.FromSeconds(1));
            Assert.False(next.IsCompleted);
            await Write(body, Chunk($"{i}"));
            Assert.True(await next);
        }
    }

    [Fact]
    public async Task A_slow_reader_is_not_taken_for_a_silent_service()
    {
        var clock = new FakeClock();
        var body = new Pipe();
        var service = new VerbatimService().Streams(body.Reader.AsStream());
        await using var updates = service.Chat(options => Idle(options, clock)).GetStreamingResponseAsync(Some.Question())
            .GetAsyncEnumerator();
        var first = updates.MoveNextAsync().AsTask();
        await clock.TimerWithin(Limit);
        await Write(body, Chunk("a"));
        Assert.True(await first);

        clock.Advance(Limit * 10);

        await Write(body, Chunk("b"));
        Assert.True(await updates.MoveNextAsync());
    }

    [Fact]
    public async Task A_stream_that_is_given_up_below_is_broken_and_not_silent()
    {
        var given = Encoding.UTF8.GetBytes(Chunk("a"));
        var service = new VerbatimService().Streams(new SlicedStream(given, 1000, end: new TaskCanceledException("disposed")));

        var failure = await Failure.OfStream(service);

        Assert.Equal(
            "Streaming chat on endpoint 'some-endpoint' failed: the stream ended before its end marker; what arrived is incomplete. Try " +
            "again.",
            failure.Message);
    }

    [Fact]
    public async Task The_time_out_of_the_users_own_client_is_explained()
    {
        using var http = new HttpClient(new VerbatimService().NeverAnswers()) { Timeout = TimeSpan.FromMilliseconds(1) };
        var failure = await Failure.Of(new VerbatimService(), options => options.HttpClient = http);

        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: no response within 00:00:00.0010000, which is HttpClient.Timeout of the client " +
            "given in the options. Raise it, or set it to Timeout.InfiniteTimeSpan: the options' own timeouts still apply.",
            failure.Message);
        Assert.Equal((true, true), (failure.IsTransient, failure.InnerException is TimeoutException));
    }

    [Fact]
    public async Task A_connection_that_takes_too_long_is_no_time_out_of_the_client()
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(1),
            ConnectCallback = async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                throw new InvalidOperationException("An infinite wait has ended.");
            },
        });
        var log = new FakeLoggerFactory();
        var failure = await Failure.Of(new VerbatimService(), options =>
        {
            options.HttpClient = http;
            options.LoggerFactory = log;
            options.RetriesAtOnce(1);
        });

        Assert.StartsWith(
            "Chat on endpoint 'some-endpoint' failed: https://some-workspace.cloud.databricks.com could not be reached (ConnectionError: ",
            failure.Message, StringComparison.Ordinal);
        Assert.IsType<TimeoutException>(failure.InnerException);
        Assert.Equal(
            ["Warning: Chat on endpoint 'some-endpoint' will be retried in 00:00:00 (retry 1 of 1): no connection"], log.Collector.Shown());
    }

    private static void IsTheRequestTimeout(string operation, DatabricksServingException failure)
    {
        Assert.Equal(
            $"{operation} on endpoint 'some-endpoint' failed: no complete response within 00:00:20. " +
            "An endpoint that had scaled to zero needs minutes to come up; raise Resilience.TotalRequestTimeout if responses take longer.",
            failure.Message);
        Assert.Equal((true, true), (failure.IsTransient, failure.InnerException is TimeoutException));
    }

    private static async Task<DatabricksServingException> Elapsed(FakeClock clock, Task<DatabricksServingException> failing)
    {
        await clock.TimerWithin(Limit);
        clock.Advance(Limit - TimeSpan.FromTicks(1));
        Assert.False(failing.IsCompleted);
        clock.Advance(TimeSpan.FromTicks(1));
        return await failing;
    }

    private static void Limited(DatabricksServingOptions options, FakeClock clock)
    {
        options.TimeProvider = clock;
        options.TotalTimeout(Limit);
    }

    private static void Idle(DatabricksServingOptions options, FakeClock clock)
    {
        options.TimeProvider = clock;
        options.TotalTimeout(null);
        options.StreamIdleTimeout = Limit;
    }

    private static StreamContent Endless()
    {
        var content = new StreamContent(new Pipe().Reader.AsStream());
        content.Headers.ContentType = new("application/json");
        return content;
    }

    private static async Task Write(Pipe body, string text) => await body.Writer.WriteAsync(Encoding.UTF8.GetBytes(text));

    private static string Chunk(string text) => $$$"""
        data: {"choices":[{"index":0,"delta":{"content":"{{{text}}}"}}]}


        """;
}
