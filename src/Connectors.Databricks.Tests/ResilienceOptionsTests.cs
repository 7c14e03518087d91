using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests;

/// <summary>The options of resilience: their defaults, and values that make no sense.</summary>
public class ResilienceOptionsTests
{
    /// <summary>The longest that the service itself lets a call take (serving reference §10.4).</summary>
    private static readonly TimeSpan LongestOfTheService = TimeSpan.FromSeconds(597);

    [Fact]
    public void By_default_nothing_is_limited_that_was_not_asked_for()
    {
        var options = new DatabricksServingOptions();

        Assert.Equal(
            (Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(15), null, null),
            (options.HeadersTimeout, options.ConnectTimeout, options.RetryBudget, (object?)options.CircuitBreaker));
        Assert.Equal(
            (null, null, true, 1000),
            (options.CallLimits.MaxConcurrentCalls, options.CallLimits.MaxCallsPerSecond, options.CallLimits.AdaptsToThrottling,
                options.CallLimits.MaxQueuedCalls));
        Assert.Equal(
            (256L << 20, 32 << 20, 64, 8 << 20, 1 << 20),
            (options.ResponseLimits.MaxBytes, options.ResponseLimits.MaxEventBytes, options.ResponseLimits.MaxJsonDepth,
                options.ResponseLimits.MaxToolArgumentBytes, options.ResponseLimits.MaxErrorBytes));
    }

    [Fact]
    public void The_longest_answer_that_the_service_allows_is_let_through()
    {
        var options = new DatabricksServingOptions();

        Assert.True(options.RequestTimeout > LongestOfTheService);
        Assert.IsNotType<HttpClient>(SharedConnections.For(options.ConnectTimeout), exactMatch: false);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void Time_outs_are_positive(int milliseconds)
    {
        var value = TimeSpan.FromMilliseconds(milliseconds);
        Refuses(options => options.HeadersTimeout = value, $"HeadersTimeout is {value}. Use a positive time, or Timeout.InfiniteTimeSpan for none.");
        Refuses(options => options.ConnectTimeout = value, $"ConnectTimeout is {value}. Use a positive time, or Timeout.InfiniteTimeSpan for none.");
    }

    [Fact]
    public void Times_that_no_timer_can_count_are_refused()
    {
        const string End = " is 50.00:00:00. Timers count to 49 days; use Timeout.InfiniteTimeSpan for none.";
        Refuses(options => options.HeadersTimeout = TimeSpan.FromDays(50), $"HeadersTimeout{End}");
        Refuses(options => options.ConnectTimeout = TimeSpan.FromDays(50), $"ConnectTimeout{End}");
    }

    [Fact]
    public void A_budget_is_not_negative() => Refuses(options => options.RetryBudget = -1, "RetryBudget is -1. It cannot be negative.");

    [Fact]
    public async Task A_budget_of_none_sends_nothing_again()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.ServiceUnavailable);
        await Failure.Of(service, options => (options.MaxRetries, options.RetryBudget) = (3, 0));

        Assert.Single(service.Sent);
    }

    [Fact]
    public void Groups_of_limits_cannot_be_null()
    {
        Refuses(options => options.CallLimits = null!, "CallLimits is null. Leave it at its default instead.");
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

    private static void Refuses(Action<DatabricksServingOptions> configure, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new VerbatimService().Client(configure)).Message);
}
