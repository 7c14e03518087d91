using Connectors.Databricks.Management;
using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace Connectors.Databricks.Tests.Transport.Resilience;

/// <summary>The rule of what is safe to retry holds for any options, and only a predicate of the user replaces it.</summary>
public class RetryStrategyTests
{
    public static TheoryData<int> StatusesThatMayBeBilled => [500, 504];

    [Theory]
    [MemberData(nameof(StatusesThatMayBeBilled))]
    public async Task New_options_do_not_retry_what_may_be_billed(int status)
    {
        var service = new VerbatimService().Answers("", (HttpStatusCode)status);

        await Failure.Of(service, options => options.Resilience.Retry = new() { Delay = TimeSpan.Zero });

        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task Options_whose_Retry_After_setting_was_switched_do_not_retry_what_may_be_billed()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.InternalServerError);

        await Failure.Of(service, options => options.Resilience.Retry = new() { ShouldRetryAfterHeader = false, Delay = TimeSpan.Zero });

        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task A_predicate_of_the_user_replaces_the_rule()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.InternalServerError).Answers(Some.ChatBody);

        var response = await service.Chat(options => options.Resilience.Retry = new()
        {
            Delay = TimeSpan.Zero,
            ShouldHandle = static arguments => new(HttpClientResiliencePredicates.IsTransient(arguments.Outcome)),
        }).GetResponseAsync(Some.Question());

        Assert.Equal(("Hi.", 2), (response.Text, service.Sent.Count));
    }

    [Fact]
    public async Task A_predicate_that_retries_nothing_is_obeyed()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.ServiceUnavailable);

        await Failure.Of(service, options => options.Resilience.Retry = new() { ShouldHandle = static _ => new(false) });

        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task Delegates_get_the_response_with_its_request_and_its_body()
    {
        var seen = new List<string>();
        var service = new VerbatimService()
            .Answers(
                """{"message":"Slow down."}""", HttpStatusCode.TooManyRequests, headers: ("x-request-id", "7c1d")).Answers(Some.ChatBody);

        await service.Chat(options => options.Resilience.Retry = new()
        {
            ShouldHandle = async arguments =>
            {
                if (arguments.Outcome.Result is { IsSuccessStatusCode: false } response)
                {
                    seen.Add($"{(int)response.StatusCode} {response.RequestMessage!.Method} {await response.Content.ReadAsStringAsync()}");
                    return true;
                }

                return false;
            },
            DelayGenerator = arguments =>
            {
                seen.Add($"delay after {arguments.Outcome.Result!.Headers.GetValues("x-request-id").Single()}");
                return new(TimeSpan.Zero);
            },
            OnRetry = arguments =>
            {
                seen.Add($"retry {arguments.AttemptNumber} of {arguments.Outcome.Result!.Content.Headers.ContentType}");
                return default;
            },
        }).GetResponseAsync(Some.Question());

        Assert.Equal(
            ["429 POST {\"message\":\"Slow down.\"}", "delay after 7c1d", "retry 0 of application/json; charset=utf-8"],
            seen);
    }

    [Fact]
    public async Task The_predicates_of_the_package_find_the_method_of_a_request_that_got_no_response()
    {
        var service = new VerbatimService().Throws(new HttpRequestException(HttpRequestError.ConnectionError, "No."));
        var retry = new HttpRetryStrategyOptions { Delay = TimeSpan.Zero };
#pragma warning disable EXTEXP0001 // What the test is about.
        retry.DisableFor(HttpMethod.Post);
#pragma warning restore EXTEXP0001

        await Failure.Of(service, options => options.Resilience.Retry = retry);

        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task A_delay_generator_of_the_user_takes_precedence_over_Retry_After()
    {
        var service = new VerbatimService()
            .Answers("", HttpStatusCode.TooManyRequests, headers: ("Retry-After", "86400")).Answers(Some.ChatBody);

        var response = await service.Chat(options => options.Resilience.Retry = new()
        {
            MaxDelay = TimeSpan.FromSeconds(1),
            DelayGenerator = static _ => new(TimeSpan.Zero),
        }).GetResponseAsync(Some.Question());

        Assert.Equal("Hi.", response.Text);
    }

    [Fact]
    public async Task Retry_After_is_not_read_when_that_is_switched_off()
    {
        var service = new VerbatimService()
            .Answers("", HttpStatusCode.TooManyRequests, headers: ("Retry-After", "86400")).Answers(Some.ChatBody);

        var response = await service.Chat(options => options.Resilience.Retry = new()
        {
            ShouldRetryAfterHeader = false,
            Delay = TimeSpan.Zero,
        }).GetResponseAsync(Some.Question());

        Assert.Equal("Hi.", response.Text);
    }

    [Fact]
    public async Task Without_a_maximum_a_Retry_After_of_a_day_is_the_longest()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.TooManyRequests, headers: ("Retry-After", "86401"));

        var failure = await Failure.Of(service, options => options.Resilience.Retry = new());

        Assert.Contains("longer than Resilience.Retry.MaxDelay (1.00:00:00)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_predicate_sees_the_timeout_of_an_attempt_as_Polly_reports_it()
    {
        var clock = new FakeClock();
        var service = new VerbatimService().NeverAnswers().Answers(Some.ChatBody);
        var chatting = service.Chat(options =>
        {
            options.TimeProvider = clock;
            options.Resilience.AttemptTimeout = new() { Timeout = TimeSpan.FromSeconds(20) };
            options.Resilience.Retry = new()
            {
                Delay = TimeSpan.Zero,
                ShouldHandle = static arguments => new(arguments.Outcome.Exception is TimeoutRejectedException),
            };
        }).GetResponseAsync(Some.Question());
        await clock.TimerDueIn(TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(("Hi.", 2), ((await chatting).Text, service.Sent.Count));
    }

    [Fact]
    public async Task A_success_that_a_predicate_rejects_gives_its_lease_back_before_the_retry()
    {
        var service = new VerbatimService().Answers(Some.ChatBody).Answers(Some.ChatBody);
        var chat = service.Chat(options =>
        {
            options.Concurrency(1);
            options.Resilience.Retry = new()
            {
                MaxRetryAttempts = 1,
                Delay = TimeSpan.Zero,
                ShouldHandle = static arguments => new(arguments.AttemptNumber == 0),
            };
        });

        Assert.Equal(("Hi.", 2), ((await chat.GetResponseAsync(Some.Question())).Text, service.Sent.Count));
    }

    [Fact]
    public async Task A_predicate_that_throws_leaves_no_lease_behind()
    {
        var service = new VerbatimService().Answers(Some.ChatBody).Answers(Some.ChatBody);
        var throws = true;
        var chat = service.Chat(options =>
        {
            options.Concurrency(1, queueLimit: 0);
            options.Resilience.Retry = new() { ShouldHandle = _ => throws ? throw new InvalidOperationException("No.") : new(false) };
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => chat.GetResponseAsync(Some.Question()));
        throws = false;

        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
    }

    [Fact]
    public async Task A_read_whose_attempt_times_out_is_retried()
    {
        var clock = new FakeClock();
        var service = new VerbatimService().NeverAnswers().Answers(Managing.Ready);
        var reading = service.Client(options =>
        {
            options.TimeProvider = clock;
            options.RetriesAtOnce(1);
            options.Resilience.AttemptTimeout = new() { Timeout = TimeSpan.FromSeconds(20) };
        }).GetManagementClient().GetAsync("churn");
        await clock.TimerDueIn(TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(("churn", 2), ((await reading).Name, service.Sent.Count));
    }
}
