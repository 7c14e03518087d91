using Connectors.Databricks.Management;
using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Transport.Resilience;

public class CircuitBreakerTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task The_circuit_breaker_opens_and_then_half_opens()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.InternalServerError).Answers("", HttpStatusCode.GatewayTimeout)
            .Answers(Some.ChatBody);
        var chat = service.Chat(Breaks);
        await Failure.Of(chat);
        await Failure.Of(chat);

        var open = await Failure.Of(chat);
        _clock.Advance(TimeSpan.FromSeconds(15));
        var answer = await chat.GetResponseAsync(Some.Question());

        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: the circuit breaker is open, so the request was not sent. Retry after 00:00:15 " +
            "(CircuitBreaker.BreakDuration).",
            open.Message);
        Assert.Equal((true, TimeSpan.FromSeconds(15), 3, "Hi."), (open.IsTransient, open.RetryAfter, service.Sent.Count, answer.Text));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task What_is_no_trouble_of_the_service_opens_nothing(HttpStatusCode status)
    {
        var service = new VerbatimService().Answers("", status).Answers("", status).Answers("", status).Answers(Some.ChatBody);
        var chat = service.Chat(Breaks);
        for (var i = 0; i < 3; i++)
        {
            await Failure.Of(chat);
        }

        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
    }

    [Fact]
    public async Task A_circuit_that_opens_is_a_warning()
    {
        var log = new FakeLoggerFactory();
        var service = new VerbatimService().Answers("", HttpStatusCode.InternalServerError).Answers("", HttpStatusCode.InternalServerError);
        var chat = service.Chat(options => { Breaks(options); options.LoggerFactory = log; });
        await Failure.Of(chat);
        await Failure.Of(chat);

        Assert.Equal(["Warning: Circuit breaker opened for endpoint 'some-endpoint' for 00:00:15."], log.Collector.Shown());
    }

    [Fact]
    public async Task An_endpoint_that_hangs_is_left_alone()
    {
        var limit = TimeSpan.FromSeconds(2);
        var service = new VerbatimService().NeverAnswers().NeverAnswers();
        var chat = service.Chat(options => { Breaks(options); options.TotalTimeout(limit); });
        for (var i = 0; i < 2; i++)
        {
            var hanging = Failure.Of(chat);
            await _clock.TimerWithin(limit);
            _clock.Advance(limit);
            await hanging;
        }

        Assert.Equal(TimeSpan.FromSeconds(15), (await Failure.Of(chat)).RetryAfter);
        Assert.Equal(2, service.Sent.Count);
    }

    [Fact]
    public async Task Callers_who_leave_open_nothing()
    {
        var service = new VerbatimService().NeverAnswers().NeverAnswers().Answers(Some.ChatBody);
        var chat = service.Chat(Breaks);
        for (var i = 0; i < 2; i++)
        {
            await LeaveAsync(chat);
        }

        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
    }

    [Fact]
    public async Task A_trial_that_its_caller_gives_up_proves_nothing()
    {
        var service = new VerbatimService()
            .Answers("", HttpStatusCode.InternalServerError).Answers("", HttpStatusCode.InternalServerError).NeverAnswers();
        var chat = service.Chat(Breaks);
        await Failure.Of(chat);
        await Failure.Of(chat);
        _clock.Advance(TimeSpan.FromSeconds(15));
        await LeaveAsync(chat);

        Assert.Equal((TimeSpan.FromSeconds(15), 3), ((await Failure.Of(chat)).RetryAfter, service.Sent.Count));
    }

    [Fact]
    public async Task A_trial_that_is_given_up_while_its_token_is_renewed_has_shown_that_the_endpoint_is_there()
    {
        var service = new VerbatimService()
            .Answers("", HttpStatusCode.InternalServerError).Answers("", HttpStatusCode.InternalServerError)
            .Answers("", HttpStatusCode.Unauthorized).Answers(Some.ChatBody);
        var chat = service.Chat(options =>
        {
            Breaks(options);
            options.Credential = new NeverRenewed();
        });
        await Failure.Of(chat);
        await Failure.Of(chat);
        _clock.Advance(TimeSpan.FromSeconds(15));
        await LeaveAsync(chat);

        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
    }

    [Fact]
    public async Task A_full_queue_is_no_trouble_of_the_endpoint()
    {
        var service = new VerbatimService().NeverAnswers().Answers(Some.ChatBody);
        var chat = service.Chat(options =>
        {
            Breaks(options);
            options.Concurrency(1, queueLimit: 0);
        });
        using var leaving = new CancellationTokenSource();
        var stuck = chat.GetResponseAsync(Some.Question(), cancellationToken: leaving.Token);
        for (var i = 0; i < 5; i++)
        {
            Assert.Contains("the request queue is full (0)", (await Failure.Of(chat)).Message, StringComparison.Ordinal);
        }

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stuck);
        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
    }

    [Fact]
    public async Task A_call_that_waited_for_its_turn_finds_the_circuit_open()
    {
        var live = new LiveStream();
        var service = new VerbatimService().Answers("", HttpStatusCode.InternalServerError).Streams(live.Body)
            .Answers("", HttpStatusCode.InternalServerError);
        var chat = service.Chat(options =>
        {
            Breaks(options);
            options.BreaksAfter(3);
            options.Concurrency(1);
        });
        await Failure.Of(chat);
        await live.SendEvent("""{"choices":[{"index":0,"delta":{"content":"a"}}]}""");
        var updates = chat.GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();
        await updates.MoveNextAsync();
        var (second, third) = (Failure.Of(chat), Failure.Of(chat));
        await updates.DisposeAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, (await second).StatusCode);
        Assert.Equal((null, 3), ((await third).StatusCode, service.Sent.Count));
    }

    [Fact]
    public async Task Calls_to_the_management_API_go_on()
    {
        var service = new VerbatimService()
            .Answers("", HttpStatusCode.InternalServerError).Answers("", HttpStatusCode.InternalServerError).Answers(Managing.Ready);
        var client = service.Client(Breaks);
        await Failure.Of(client.GetChatClient("churn"));
        await Failure.Of(client.GetChatClient("churn"));

        Assert.Equal("churn", (await client.GetManagementClient().GetAsync("churn")).Name);
    }

    [Fact]
    public async Task Another_endpoint_has_a_circuit_of_its_own()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.InternalServerError).Answers("", HttpStatusCode.InternalServerError)
            .Answers(Some.ChatBody);
        var client = service.Client(Breaks);
        await Failure.Of(client.GetChatClient("one"));
        await Failure.Of(client.GetChatClient("one"));

        Assert.Equal("Hi.", (await client.GetChatClient("two").GetResponseAsync(Some.Question())).Text);
    }

    private static async Task LeaveAsync(IChatClient chat)
    {
        using var leaving = new CancellationTokenSource();
        var calling = chat.GetResponseAsync(Some.Question(), cancellationToken: leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calling);
    }

    private sealed class NeverRenewed : DatabricksCredential
    {
        public override ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken = default) =>
            new(new DatabricksAccessToken("t"));

        public override async ValueTask<DatabricksAccessToken> RefreshTokenAsync(
            DatabricksAccessToken rejected, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return rejected;
        }
    }

    private void Breaks(DatabricksServingOptions options)
    {
        options.TimeProvider = _clock;
        options.BreaksAfter(2);
    }
}
