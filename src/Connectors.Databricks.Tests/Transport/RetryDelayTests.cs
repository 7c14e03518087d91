using System.Net;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Tests.Transport;

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
    public Task The_header_goes_before_the_body() => Waits(
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
            "Chat on endpoint 'some-endpoint' failed: 429 Too Many Requests. The service asks callers to wait 00:01:01, which is longer than " +
            "MaxRetryDelay (00:01:00). Wait, send less at once, or lower MaxOutputTokens, which is reserved against the token limit up front.",
            failure.Message);
    }

    [Theory]
    [InlineData(0, 0.5, 0.5)]
    [InlineData(1, 0.5, 1.0)]
    [InlineData(2, 0.5, 2.0)]
    [InlineData(3, 0.5, 4.0)]
    [InlineData(0, 0.999, 0.999)]
    [InlineData(3, 0.999, 7.992)]
    [InlineData(6, 0.5, 30.0)]
    [InlineData(7, 0.5, 30.0)]
    [InlineData(40, 1.0, 60.0)]
    public async Task The_delay_is_a_random_part_of_a_doubling_ceiling(int retriesBefore, double random, double seconds)
    {
        var clock = new FakeClock();
        var service = new VerbatimService();
        var attempt = 0;
        for (var i = 0; i <= retriesBefore; i++)
        {
            service.Answers("", HttpStatusCode.ServiceUnavailable);
        }

        // The retries before the one that counts draw zero, and so wait for nothing.
        var sending = Send(service.Answers(Some.ChatBody), clock, () => attempt++ < retriesBefore ? 0 : random);

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
            options.RequestTimeout = TimeSpan.FromSeconds(20);
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

    // The transport itself, for randomness is no option of the user's.
    private static async Task Send(VerbatimService service, FakeClock clock, Func<double> random)
    {
        var options = service.Options(options => Retrying(options, clock, maxRetries: 50));
        using var body = new RequestBody(new SegmentedBuffer());
        var call = new ServingCall("Chat", "some-endpoint", EndpointPath.Invocations(Some.Host, "some-endpoint"), body, IsStream: false);
        var machine = new PretendMachine();
        var transport = new ServingTransport(options, RequestAuthenticator.For(options, machine), new UserAgent(null, machine), random: random);
        await transport.GetDocumentAsync(call, CancellationToken.None);
    }

    private static void Retrying(DatabricksServingOptions options, FakeClock clock) => Retrying(options, clock, maxRetries: 1);

    private static void Retrying(DatabricksServingOptions options, FakeClock clock, int maxRetries)
    {
        options.TimeProvider = clock;
        options.MaxRetries = maxRetries;
        options.RequestTimeout = Timeout.InfiniteTimeSpan;
    }
}
