using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Transport;

public class RetryBudgetTests
{
    [Fact]
    public async Task Once_the_retries_of_a_minute_are_spent_failures_are_thrown_at_once()
    {
        var (clock, log) = (new FakeClock(), new FakeLoggerFactory());
        var service = new VerbatimService();
        for (var i = 0; i < 6; i++)
        {
            service.Answers("", HttpStatusCode.ServiceUnavailable);
        }

        var chat = service.Chat(options => (options.RetryBudget, options.MaxRetries, options.RetryBaseDelay, options.TimeProvider, options.LoggerFactory) =
            (1, 1, TimeSpan.Zero, clock, log));
        await Failure.Of(chat);
        var spent = service.Sent.Count;
        await Failure.Of(chat);
        var still = service.Sent.Count;
        clock.Advance(TimeSpan.FromMinutes(1));
        await Failure.Of(chat);

        Assert.Equal((2, 3, 5), (spent, still, service.Sent.Count));
        Assert.Contains("Warning: Chat on endpoint 'some-endpoint' is not sent again: all 1 retries of a minute are spent.", log.Collector.Shown());
    }
}
