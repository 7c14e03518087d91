using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Sql.Statements;

public class StatementCancellationTests
{
    [Fact]
    public async Task Canceling_the_call_cancels_the_statement()
    {
        var clock = new FakeClock();
        var service = new VerbatimService().Answers(Warehouse.Pending).Answers("{}");
        using var stop = new CancellationTokenSource();
        var running = service.Sql(configure: options => options.TimeProvider = clock)
            .ExecuteAsync("SELECT 1", cancellationToken: stop.Token);
        await clock.TimerWithin(TimeSpan.FromSeconds(1));

        await stop.CancelAsync();

        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(stop.Token, canceled.CancellationToken);
        Managing.AssertSent("POST /api/2.0/sql/statements/01ef-1/cancel", request: null, service.Sent[^1]);
    }

    [Fact]
    public async Task A_call_that_is_canceled_before_the_response_waits_for_the_id_and_cancels_the_statement()
    {
        using var stop = new CancellationTokenSource();
        var service = new VerbatimService().Answers(Warehouse.Pending).Answers("{}");
        using var http = new HttpClient(new CallbackHandler(service, stop.Cancel));
        var sql = service.Sql(configure: options => options.HttpClient = http);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sql.ExecuteAsync("SELECT 1", cancellationToken: stop.Token));

        Managing.AssertSent("POST /api/2.0/sql/statements/01ef-1/cancel", request: null, service.Sent[^1]);
        Assert.Equal(2, service.Sent.Count);
    }

    [Fact]
    public async Task A_call_that_is_canceled_before_the_response_waits_ten_seconds_at_most()
    {
        var clock = new FakeClock();
        var service = new VerbatimService().NeverAnswers();
        using var stop = new CancellationTokenSource();
        var running = service.Sql(configure: options => options.TimeProvider = clock)
            .ExecuteAsync("SELECT 1", cancellationToken: stop.Token);

        await stop.CancelAsync();
        await clock.TimerDueIn(TimeSpan.FromSeconds(10));
        clock.Advance(TimeSpan.FromSeconds(10));

        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(stop.Token, canceled.CancellationToken);
        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task A_cancellation_that_fails_is_logged_and_the_caller_gets_its_own()
    {
        var (clock, log) = (new FakeClock(), new FakeLoggerFactory());
        var service = new VerbatimService().Answers(Warehouse.Pending).Throws(new HttpRequestException("reset"));
        using var stop = new CancellationTokenSource();
        var running = service.Sql(configure: options => (options.TimeProvider, options.LoggerFactory) = (clock, log))
            .ExecuteAsync("SELECT 1", cancellationToken: stop.Token);
        await clock.TimerWithin(TimeSpan.FromSeconds(1));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Contains(
            log.Collector.GetSnapshot(),
            entry => entry.Message.StartsWith("SQL statement '01ef-1' may still run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Canceling_the_wait_for_a_statement_does_not_cancel_the_statement()
    {
        var clock = new FakeClock();
        var service = new VerbatimService().Answers(Warehouse.Running);
        using var stop = new CancellationTokenSource();
        var running = service.Sql(configure: options => options.TimeProvider = clock).WaitAsync("01ef-1", stop.Token);
        await clock.TimerWithin(TimeSpan.FromSeconds(1));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Single(service.Sent);
    }
}
