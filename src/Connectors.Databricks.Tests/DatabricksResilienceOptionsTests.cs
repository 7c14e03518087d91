using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;
using Polly;

namespace Connectors.Databricks.Tests;

/// <summary>The options of resilience: their defaults, and values that make no sense.</summary>
public class DatabricksResilienceOptionsTests
{
    /// <summary>The longest that the service itself lets a call take (serving reference §10.4).</summary>
    private static readonly TimeSpan LongestOfTheService = TimeSpan.FromSeconds(597);

    [Fact]
    public void Only_the_total_timeout_and_retries_are_on_by_default()
    {
        var options = new DatabricksResilienceOptions();

        Assert.Equal(
            (TimeSpan.FromMinutes(10), 2, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), DelayBackoffType.Exponential, true, true),
            (options.TotalRequestTimeout!.Timeout, options.Retry!.MaxRetryAttempts, options.Retry.Delay, options.Retry.MaxDelay,
                options.Retry.BackoffType, options.Retry.UseJitter, options.Retry.ShouldRetryAfterHeader));
        Assert.Equal(
            (null, null, null, null, null, true),
            ((object?)options.RateLimiter, (object?)options.CircuitBreaker, (object?)options.AttemptTimeout, options.RetryBudget,
                options.Throttling.MaxCallsPerSecond, options.Throttling.AdaptiveConcurrency));
    }

    [Fact]
    public void The_limits_of_responses_are_far_above_real_ones()
    {
        var options = new DatabricksServingOptions();

        Assert.Equal(
            (256L << 20, 32 << 20, 64, 8 << 20, 1 << 20),
            (options.ResponseLimits.MaxBytes, options.ResponseLimits.MaxEventBytes, options.ResponseLimits.MaxJsonDepth,
                options.ResponseLimits.MaxToolArgumentBytes, options.ResponseLimits.MaxErrorBytes));
    }

    [Fact]
    public void The_longest_answer_that_the_service_allows_is_let_through()
    {
        var options = new DatabricksServingOptions();

        Assert.True(options.Resilience.TotalRequestTimeout!.Timeout > LongestOfTheService);
        Assert.IsNotType<HttpClient>(SharedConnections.For(options.ConnectTimeout), exactMatch: false);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void Time_outs_are_positive(int milliseconds)
    {
        var value = TimeSpan.FromMilliseconds(milliseconds);
        Refuses(
            options => options.ConnectTimeout = value,
            $"ConnectTimeout is {value}. Use a positive time, or Timeout.InfiniteTimeSpan for none.");
    }

    [Fact]
    public void Times_that_no_timer_can_count_are_refused()
    {
        const string End = " is 50.00:00:00. Timers count to 49 days; use Timeout.InfiniteTimeSpan for none.";
        Refuses(options => options.ConnectTimeout = TimeSpan.FromDays(50), $"ConnectTimeout{End}");
    }

    [Fact]
    public void A_strategy_is_validated_by_the_rules_of_its_type()
    {
        Refuses(
            options => options.Resilience.Retry!.MaxRetryAttempts = 0,
            "Resilience.Retry is invalid: The field MaxRetryAttempts must be between 1 and 2147483647. " +
            "Set Resilience.Retry to null to switch the strategy off.",
            retries: true);
        Refuses(
            options => options.Resilience.Retry!.MaxDelay = TimeSpan.FromDays(2),
            "Resilience.Retry is invalid: The field MaxDelay must be between 00:00:00 and 1.00:00:00. " +
            "Set Resilience.Retry to null to switch the strategy off.",
            retries: true);
        Refuses(
            options => options.TotalTimeout(Timeout.InfiniteTimeSpan),
            "Resilience.TotalRequestTimeout is invalid: The field Timeout must be between 00:00:00.0100000 and 1.00:00:00. " +
            "Set Resilience.TotalRequestTimeout to null to switch the strategy off.");
        Refuses(
            options => options.Resilience.AttemptTimeout = new() { Timeout = TimeSpan.Zero },
            "Resilience.AttemptTimeout is invalid: The field Timeout must be between 00:00:00.0100000 and 1.00:00:00. " +
            "Set Resilience.AttemptTimeout to null to switch the strategy off.");
        Refuses(
            options => options.Resilience.CircuitBreaker = new() { FailureRatio = 1.5 },
            "Resilience.CircuitBreaker is invalid: The field FailureRatio must be between 0 and 1. " +
            "Set Resilience.CircuitBreaker to null to switch the strategy off.");
    }

    [Fact]
    public void Limits_are_positive()
    {
        Refuses(options => options.Concurrency(0), "Resilience.RateLimiter.PermitLimit is 0. It must be positive.");
        Refuses(options => options.Concurrency(1, queueLimit: -1), "Resilience.RateLimiter.QueueLimit is -1. It cannot be negative.");
        Refuses(
            options => options.Resilience.Throttling.MaxCallsPerSecond = 0,
            "Resilience.Throttling.MaxCallsPerSecond is 0. It must be above 0 and at most 1,000,000.");
        Refuses(
            options => options.Resilience.Throttling.MaxCallsPerSecond = double.NaN,
            "Resilience.Throttling.MaxCallsPerSecond is NaN. It must be above 0 and at most 1,000,000.");
    }

    [Fact]
    public void A_rate_with_a_limiter_of_the_user_is_rejected() => Refuses(
        options =>
        {
            options.Resilience.RateLimiter = new() { RateLimiter = static _ => throw new InvalidOperationException("Not asked.") };
            options.Resilience.Throttling.MaxCallsPerSecond = 1;
        },
        "Resilience.Throttling.MaxCallsPerSecond has no effect with a custom RateLimiter.RateLimiter. Limit the rate there.");

    [Fact]
    public void An_attempt_has_no_more_time_than_the_call() => Refuses(
        options =>
        {
            options.TotalTimeout(TimeSpan.FromSeconds(20));
            options.Resilience.AttemptTimeout = new() { Timeout = TimeSpan.FromSeconds(30) };
        },
        "Resilience.AttemptTimeout (00:00:30) is longer than TotalRequestTimeout (00:00:20).");

    [Fact]
    public void An_attempt_timeout_may_be_longer_than_half_of_the_sampling_duration() => new VerbatimService().Client(options =>
    {
        options.Resilience.CircuitBreaker = new() { SamplingDuration = TimeSpan.FromSeconds(30) };
        options.Resilience.AttemptTimeout = new() { Timeout = TimeSpan.FromMinutes(5) };
    });

    [Fact]
    public void What_belongs_to_one_circuit_is_refused()
    {
        const string Message = "Resilience.CircuitBreaker has a StateProvider or a ManualControl. Each endpoint has its own circuit; " +
            "use OnOpened, OnClosed and OnHalfOpened.";
        Refuses(options => options.Resilience.CircuitBreaker = new() { StateProvider = new() }, Message);
        Refuses(options => options.Resilience.CircuitBreaker = new() { ManualControl = new() }, Message);
    }

    [Fact]
    public void A_budget_is_not_negative() =>
        Refuses(options => options.Resilience.RetryBudget = -1, "Resilience.RetryBudget is -1. It cannot be negative.");

    [Fact]
    public async Task A_budget_of_none_sends_nothing_again()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.ServiceUnavailable);
        await Failure.Of(service, options =>
        {
            options.RetriesAtOnce(3);
            options.Resilience.RetryBudget = 0;
        });

        Assert.Single(service.Sent);
    }

    [Fact]
    public void Groups_of_limits_cannot_be_null()
    {
        Refuses(options => options.Resilience = null!, "Resilience is null. Leave it at its default instead.");
        Refuses(options => options.Resilience.Throttling = null!, "Resilience.Throttling is null. Leave it at its default instead.");
        Refuses(options => options.ResponseLimits = null!, "ResponseLimits is null. Leave it at its default instead.");
    }

    [Fact]
    public async Task Later_changes_of_a_limit_have_no_effect()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var options = service.Options();
        var chat = new DatabricksServingClient(options).GetChatClient("some-endpoint");
        options.ResponseLimits.MaxBytes = 1;

        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(30 * 24 * 3600, -0.001)]
    public void The_time_out_of_connecting_is_that_of_the_handler(int seconds, double expected)
    {
        using var handler = SharedConnections.NewHandler(TimeSpan.FromSeconds(seconds));

        Assert.Equal(TimeSpan.FromSeconds(expected), handler.ConnectTimeout);
        Assert.Equal((false, false), (handler.AllowAutoRedirect, handler.UseCookies));
    }

    [Fact]
    public void Clients_with_the_same_time_out_share_their_connections()
    {
        Assert.Same(SharedConnections.For(TimeSpan.FromSeconds(3)), SharedConnections.For(TimeSpan.FromSeconds(3)));
        Assert.NotSame(SharedConnections.For(TimeSpan.FromSeconds(3)), SharedConnections.For(TimeSpan.FromSeconds(4)));
    }

    private static void Refuses(Action<DatabricksServingOptions> configure, string message, bool retries = false) => Assert.Equal(
        message,
        Assert.Throws<ArgumentException>(() => new VerbatimService().Client(options =>
        {
            options.Resilience.Retry = retries ? new() : null;
            configure(options);
        })).Message);
}
