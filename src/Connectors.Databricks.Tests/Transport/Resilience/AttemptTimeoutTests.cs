using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Transport.Resilience;

public class AttemptTimeoutTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task No_headers_in_time_is_a_time_out_that_is_not_sent_again()
    {
        var clock = new FakeClock();
        var service = new VerbatimService().NeverAnswers();
        var failing = Failure.Of(
            service, options =>
            {
                options.TimeProvider = clock;
                options.Resilience.AttemptTimeout = new() { Timeout = Limit };
                options.TotalTimeout(Limit * 10);
                options.RetriesAtOnce(2);
            });
        await clock.TimerDueIn(Limit);
        clock.Advance(Limit);
        var failure = await failing;

        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: no response began within 00:00:20. An endpoint that had scaled to zero needs " +
            "minutes to come up, and a response that is not streamed begins when it is complete; raise Resilience.AttemptTimeout if " +
            "responses take longer.",
            failure.Message);
        Assert.Equal((true, true, 1), (failure.IsTransient, failure.InnerException is TimeoutException, service.Sent.Count));
    }

    [Fact]
    public async Task A_cancellation_is_no_time_out()
    {
        var service = new VerbatimService().NeverAnswers();
        using var leaving = new CancellationTokenSource();
        var failing = service.Chat(
            options => options.Resilience.AttemptTimeout = new() { Timeout = Limit }).GetResponseAsync(Some.Question(),
            cancellationToken: leaving.Token);
        await leaving.CancelAsync();

        Assert.Equal(leaving.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => failing)).CancellationToken);
    }
}
