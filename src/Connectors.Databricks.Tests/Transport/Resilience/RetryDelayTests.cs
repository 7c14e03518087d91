using System.Net;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Tests.Transport.Resilience;

/// <summary>How long a retry waits. The clock is moved to just before the moment, and then to it.</summary>
public class RetryDelayTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Theory]
    [InlineData("1", 1.0)]
    [InlineData("30", 30.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("Thu, 01 Oct 2026 12:00:30 GMT", 30.0)]
    public Task A_retry_waits_as_long_as_the_header_says(string header, double seconds) => Waits(
        TimeSpan.FromSeconds(seconds),
        service => service.Answers("", HttpStatusCode.TooManyRequests, headers: ("Retry-After", header)));

    [Fact]
    public Task A_retry_waits_as_long_as_the_rate_limit_body_says() => Waits(
        TimeSpan.FromSeconds(15),
        service => service.Answers("""{"error":{"message":"Wait.","code":429,"retry_after":15}}""", HttpStatusCode.TooManyRequests));

    [Fact]
    public Task A_retry_waits_as_long_as_the_retry_info_says() => Waits(
        TimeSpan.FromSeconds(3.5),
        service => service.Answers(
            """{"error_code":"RESOURCE_EXHAUSTED","message":"Wait.","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retry_delay":"3.5s"}]}""",
            HttpStatusCode.TooManyRequests));

    [Fact]
    public Task The_header_takes_precedence_over_the_body() => Waits(
        TimeSpan.FromSeconds(2),
        service => service.Answers(
            """{"error":{"message":"Wait.","retry_after":15}}""", HttpStatusCode.TooManyRequests, headers: ("Retry-After", "2")));

    [Fact]
    public Task A_header_that_makes_no_sense_leaves_the_word_to_the_body() => Waits(
        TimeSpan.FromSeconds(15),
        service => service.Answers(
            """{"error":{"message":"Wait.","retry_after":15}}""", HttpStatusCode.TooManyRequests, headers: ("Retry-After", "soon")));

    [Fact]
    public Task The_longest_allowed_wait_is_still_waited() => Waits(
        TimeSpan.FromMinutes(1),
        service => service.Answers("", HttpStatusCode.ServiceUnavailable, headers: ("Retry-After", "60")));

    [Theory]
    [InlineData("0")]
    [InlineData("Thu, 01 Oct 2026 11:00:00 GMT")]
    public async Task No_wait_is_made_when_none_is_asked_for(string header)
    {
        var service = new VerbatimService()
            .Answers("", HttpStatusCode.TooManyRequests, headers: ("Retry-After", header))
            .Answers(Some.ChatBody);

        var response = await service.Chat(options => Retrying(options, new FakeClock())).GetResponseAsync(Some.Question());

        Assert.Equal("Hi.", response.Text);
    }

    [Fact]
    public async Task A_longer_wait_than_allowed_fails_at_once()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.TooManyRequests, headers: ("Retry-After", "61"));

        var failure = await Failure.Of(service, options => Retrying(options, new FakeClock()));

        Assert.Equal((TimeSpan.FromSeconds(61), true, 1), (failure.RetryAfter, failure.IsTransient, service.Sent.Count));
        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: 429 Too Many Requests. The service requests a delay of 00:01:01, which is longer " +
            "than Resilience.Retry.MaxDelay (00:01:00). Wait, send less at once, or lower MaxOutputTokens, which is reserved against " +
            "the token limit up front.",
            failure.Message);
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(1, 2.0)]
    [InlineData(2, 4.0)]
    [InlineData(6, 60.0)]
    [InlineData(20, 60.0)]
    public async Task The_backoff_is_exponential_up_to_the_maximum(int retriesBefore, double seconds)
    {
        var clock = new FakeClock();
        var service = new VerbatimService();
        for (var i = 0; i < retriesBefore; i++)
        {
            service.Answers("", HttpStatusCode.ServiceUnavailable, headers: ("Retry-After", "0"));
        }

        var sending = service.Answers("", HttpStatusCode.ServiceUnavailable).Answers(Some.ChatBody).Chat(options =>
        {
            Retrying(options, clock, maxRetries: 50);
            options.Resilience.Retry!.UseJitter = false;
        }).GetResponseAsync(Some.Question());

        await Elapses(clock, TimeSpan.FromSeconds(seconds), sending);
        Assert.Equal(retriesBefore + 2, service.Sent.Count);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait()
    {
        var clock = new FakeClock();
        var service = new VerbatimService().Answers("", HttpStatusCode.TooManyRequests, headers: ("Retry-After", "30"));
        using var cancellation = new CancellationTokenSource();
        var sending = service.Chat(options => Retrying(options, clock)).GetResponseAsync(Some.Question(), null, cancellation.Token);
        await clock.TimerWithin(TimeSpan.FromSeconds(30));

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task The_total_time_out_counts_the_wait()
    {
        var clock = new FakeClock();
        var service = new VerbatimService().Answers("", HttpStatusCode.TooManyRequests, headers: ("Retry-After", "30"));
        var sending = Failure.Of(service, options =>
        {
            Retrying(options, clock);
            options.TotalTimeout(TimeSpan.FromSeconds(20));
        });
        await clock.TimerWithin(TimeSpan.FromSeconds(30));

        clock.Advance(TimeSpan.FromSeconds(20));

        var failure = await sending;
        Assert.IsType<TimeoutException>(failure.InnerException);
    }

    private static async Task Waits(TimeSpan delay, Action<VerbatimService> fail)
    {
        var clock = new FakeClock();
        var service = new VerbatimService();
        fail(service);
        service.Answers(Some.ChatBody);

        await Elapses(clock, delay, service.Chat(options => Retrying(options, clock)).GetResponseAsync(Some.Question()));
        Assert.Equal(2, service.Sent.Count);
    }

    private static async Task Elapses(FakeClock clock, TimeSpan delay, Task sending)
    {
        await clock.TimerWithin(delay);
        clock.Advance(delay - Tick);
        Assert.False(sending.IsCompleted);
        clock.Advance(Tick);
        await sending;
    }

    private static void Retrying(DatabricksServingOptions options, FakeClock clock) => Retrying(options, clock, maxRetries: 1);

    private static void Retrying(DatabricksServingOptions options, FakeClock clock, int maxRetries)
    {
        options.TimeProvider = clock;
        options.Resilience.Retry = new()
        {
            MaxRetryAttempts = maxRetries,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = TimeSpan.FromMinutes(1),
        };
        options.TotalTimeout(null);
    }
}
