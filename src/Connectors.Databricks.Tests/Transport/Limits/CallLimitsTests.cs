using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Transport.Limits;

/// <summary>CallLimits, as calls meet them.</summary>
public class CallLimitsTests
{
    [Fact]
    public async Task A_stream_keeps_its_turn_until_it_is_left()
    {
        var live = new LiveStream();
        var service = new VerbatimService().Streams(live.Body).Answers(Some.ChatBody);
        var chat = service.Chat(options => options.CallLimits.MaxConcurrentCalls = 1);
        await live.SendEvent("""{"choices":[{"index":0,"delta":{"content":"a"}}]}""");
        var updates = chat.GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();
        await updates.MoveNextAsync();
        var second = chat.GetResponseAsync(Some.Question());

        Assert.Single(service.Sent);
        await updates.DisposeAsync();

        Assert.Equal("Hi.", (await second).Text);
    }

    [Fact]
    public async Task A_failed_call_gives_its_turn_back()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.BadRequest).Answers(Some.ChatBody);
        var chat = service.Chat(options => options.CallLimits.MaxConcurrentCalls = 1);
        await Failure.Of(chat);

        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
    }

    [Fact]
    public async Task A_throttled_call_halves_the_limit_and_says_so()
    {
        var log = new FakeLoggerFactory();
        var service = new VerbatimService().Answers("", HttpStatusCode.TooManyRequests);
        await Failure.Of(service, options => (options.CallLimits.MaxConcurrentCalls, options.LoggerFactory) = (8, log));

        Assert.Equal(["Warning: Endpoint 'some-endpoint' throttles: at most 4 calls at once until it answers again."], log.Collector.Shown());
    }

    [Fact]
    public async Task Each_endpoint_has_limits_of_its_own()
    {
        var service = new VerbatimService().NeverAnswers().Answers(Some.ChatBody);
        var client = service.Client(options => options.CallLimits.MaxConcurrentCalls = 1);
        using var leaving = new CancellationTokenSource();
        var stuck = client.GetChatClient("one").GetResponseAsync(Some.Question(), cancellationToken: leaving.Token);

        Assert.Equal("Hi.", (await client.GetChatClient("two").GetResponseAsync(Some.Question())).Text);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stuck);
    }

    [Fact]
    public async Task A_call_that_finds_the_queue_full_says_what_to_do()
    {
        var service = new VerbatimService().NeverAnswers();
        var chat = service.Chat(options => (options.CallLimits.MaxConcurrentCalls, options.CallLimits.MaxQueuedCalls) = (1, 0));
        using var leaving = new CancellationTokenSource();
        var stuck = chat.GetResponseAsync(Some.Question(), cancellationToken: leaving.Token);
        var failure = await Failure.Of(chat);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stuck);

        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: 0 calls wait for their turn already, so it was not sent. Send less at once, or raise " +
            "CallLimits.MaxQueuedCalls.",
            failure.Message);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task A_wait_for_a_turn_counts_against_the_request_time_out()
    {
        var clock = new FakeClock();
        var service = new VerbatimService().NeverAnswers();
        var chat = service.Chat(options =>
            (options.CallLimits.MaxConcurrentCalls, options.TimeProvider, options.RequestTimeout) = (1, clock, TimeSpan.FromSeconds(20)));
        var stuck = Failure.Of(chat);
        var waiting = Failure.Of(chat);
        await clock.TimerDueIn(TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(20));

        Assert.IsType<TimeoutException>((await waiting).InnerException);
        await stuck;
    }

    [Theory]
    [InlineData("CallLimits.MaxConcurrentCalls is 0. It must be a positive number.", 0, null, 1)]
    [InlineData("CallLimits.MaxCallsPerSecond is 0. It must be from above 0 to 1,000,000.", null, 0.0, 1)]
    [InlineData("CallLimits.MaxCallsPerSecond is NaN. It must be from above 0 to 1,000,000.", null, double.NaN, 1)]
    [InlineData("CallLimits.MaxQueuedCalls is -1. It must be 0 or more.", null, null, -1)]
    public void A_limit_that_makes_no_sense_is_named(string message, int? concurrent, double? rate, int queued)
    {
        var exception = Assert.Throws<ArgumentException>(() => new VerbatimService().Client(options =>
            options.CallLimits = new() { MaxConcurrentCalls = concurrent, MaxCallsPerSecond = rate, MaxQueuedCalls = queued }));

        Assert.Equal(message, exception.Message);
    }
}
