using System.Net;
using System.Threading.RateLimiting;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Transport.Resilience;

/// <summary>The rate limiter, with leases that are held until the response has been read.</summary>
public class RateLimiterTests
{
    [Fact]
    public async Task A_stream_keeps_its_turn_until_it_is_left()
    {
        var live = new LiveStream();
        var service = new VerbatimService().Streams(live.Body).Answers(Some.ChatBody);
        var chat = service.Chat(options => options.Concurrency(1));
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
        var chat = service.Chat(options => options.Concurrency(1));
        await Failure.Of(chat);

        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
    }

    [Fact]
    public async Task A_throttled_call_halves_the_limit_and_logs_it()
    {
        var log = new FakeLoggerFactory();
        var service = new VerbatimService().Answers("", HttpStatusCode.TooManyRequests);
        await Failure.Of(
            service, options => (options.Resilience.RateLimiter, options.LoggerFactory) = (ResilienceExtensions.Limiter(8, 0), log));

        Assert.Equal(["Warning: Endpoint 'some-endpoint' is throttled: concurrency limit reduced to 4."], log.Collector.Shown());
    }

    [Fact]
    public async Task Each_endpoint_has_limits_of_its_own()
    {
        var service = new VerbatimService().NeverAnswers().Answers(Some.ChatBody);
        var client = service.Client(options => options.Concurrency(1));
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
        var chat = service.Chat(options => options.Concurrency(1, queueLimit: 0));
        using var leaving = new CancellationTokenSource();
        var stuck = chat.GetResponseAsync(Some.Question(), cancellationToken: leaving.Token);
        var failure = await Failure.Of(chat);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stuck);

        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: the request queue is full (0). Reduce concurrency, or raise " +
            "Resilience.RateLimiter.DefaultRateLimiterOptions.QueueLimit.",
            failure.Message);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task A_wait_for_a_turn_counts_against_the_request_time_out()
    {
        var clock = new FakeClock();
        var service = new VerbatimService().NeverAnswers();
        var chat = service.Chat(options =>
        {
            options.TimeProvider = clock;
            options.Concurrency(1);
            options.TotalTimeout(TimeSpan.FromSeconds(20));
        });
        var stuck = Failure.Of(chat);
        var waiting = Failure.Of(chat);
        await clock.TimerDueIn(TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(20));

        Assert.IsType<TimeoutException>((await waiting).InnerException);
        await stuck;
    }

    [Fact]
    public async Task A_call_that_waits_for_Retry_After_lets_others_pass()
    {
        var clock = new FakeClock();
        var service = new VerbatimService()
            .Answers("", HttpStatusCode.TooManyRequests, headers: ("Retry-After", "30")).Answers(Some.ChatBody).Answers(Some.ChatBody);
        var chat = service.Chat(options =>
        {
            options.TimeProvider = clock;
            options.RetriesAtOnce(1);
            options.Concurrency(1, queueLimit: 0);
        });
        var waiting = chat.GetResponseAsync(Some.Question());
        await clock.TimerDueIn(TimeSpan.FromSeconds(30));

        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("Hi.", (await waiting).Text);
    }

    [Fact]
    public async Task A_limiter_of_the_user_keeps_its_lease_until_a_stream_has_been_read()
    {
        var live = new LiveStream();
        var service = new VerbatimService().Streams(live.Body);
        using var limiter = new ConcurrencyLimiter(new() { PermitLimit = 1 });
        var chat = service.Chat(options => options.Resilience.RateLimiter = new()
        {
            RateLimiter = arguments => limiter.AcquireAsync(1, arguments.Context.CancellationToken),
        });
        await live.SendEvent("""{"choices":[{"index":0,"delta":{"content":"a"}}]}""");
        var updates = chat.GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();
        await updates.MoveNextAsync();
        var during = limiter.GetStatistics()!.CurrentAvailablePermits;
        await updates.DisposeAsync();

        Assert.Equal((0, 1), (during, limiter.GetStatistics()!.CurrentAvailablePermits));
    }

    [Fact]
    public async Task A_rejection_by_a_limiter_of_the_user_is_a_typed_exception_with_its_retry_time()
    {
        var rejected = 0;
        using var limiter = new FixedWindowRateLimiter(
            new() { PermitLimit = 1, Window = TimeSpan.FromMinutes(5), AutoReplenishment = false });
        var service = new VerbatimService().Answers(Some.ChatBody);
        var chat = service.Chat(options => options.Resilience.RateLimiter = new()
        {
            RateLimiter = arguments => limiter.AcquireAsync(1, arguments.Context.CancellationToken),
            OnRejected = _ =>
            {
                rejected++;
                return default;
            },
        });
        await chat.GetResponseAsync(Some.Question());

        var failure = await Failure.Of(chat);

        Assert.Equal((true, 1, 1), (failure.IsTransient, rejected, service.Sent.Count));
        Assert.Equal(
            $"Chat on endpoint 'some-endpoint' failed: the rate limiter of the options rejected it. Retry after {failure.RetryAfter}.",
            failure.Message);
    }
}
