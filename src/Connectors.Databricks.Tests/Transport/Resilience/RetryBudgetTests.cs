using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Transport.Resilience;

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

        var chat = service.Chat(options =>
        {
            (options.Resilience.RetryBudget, options.TimeProvider, options.LoggerFactory) = (1, clock, log);
            options.RetriesAtOnce(1);
        });
        await Failure.Of(chat);
        var spent = service.Sent.Count;
        await Failure.Of(chat);
        var still = service.Sent.Count;
        clock.Advance(TimeSpan.FromMinutes(1));
        await Failure.Of(chat);

        Assert.Equal((2, 3, 5), (spent, still, service.Sent.Count));
        Assert.Contains(
            "Warning: Chat on endpoint 'some-endpoint' is not retried: the retry budget of 1 per minute is exhausted.",
            log.Collector.Shown());
    }
}
