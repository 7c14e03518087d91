using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Batch;

/// <summary>Concurrency adapts to 429 through the resilience pipeline.</summary>
public class BatchThrottlingTests
{
    [Fact]
    public async Task A_service_that_accepts_two_at_a_time_completes_every_request()
    {
        var service = new BatchService();
        var running = 0;
        service.Reply = async (_, _) =>
        {
            var now = Interlocked.Increment(ref running);
            try
            {
                await Task.Yield();
                return now > 2 ? Throttled() : null;
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        };
        var client = service.Client(options => options.Resilience.Retry = new() { MaxRetryAttempts = 100, Delay = TimeSpan.Zero });

        var results = await client.RunBatchAsync(
            VerbatimService.EndpointName, BatchService.Requests(200), new() { MaxConcurrentRequests = 16 }).ToListAsync();

        Assert.Equal(200, results.Count(result => result.IsSuccess));
    }

    [Fact]
    public async Task After_a_429_half_as_many_requests_are_in_flight()
    {
        var service = new BatchService();
        var burst = new TaskCompletionSource();
        var (first, running, most) = (0, 0, 0);
        service.Reply = async (_, _) =>
        {
            // The first eight requests are one burst, all of them throttled.
            if (Interlocked.Increment(ref first) <= 8)
            {
                if (Volatile.Read(ref first) == 8)
                {
                    burst.TrySetResult();
                }

                await burst.Task;
                return Throttled();
            }

            var now = Interlocked.Increment(ref running);
            most = Math.Max(most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return null;
        };
        var client = service.Client(options => options.Resilience.Retry = new() { MaxRetryAttempts = 3, Delay = TimeSpan.Zero });

        var results = await client.RunBatchAsync(
            VerbatimService.EndpointName, BatchService.Requests(8), new() { MaxConcurrentRequests = 8 }).ToListAsync();

        Assert.Equal(8, results.Count(result => result.IsSuccess));
        Assert.InRange(most, 1, 5);
    }

    [Fact]
    public async Task Without_configured_retries_a_batch_retries_eight_times()
    {
        var clock = new FakeClock();
        var service = new BatchService { Reply = (_, _) => Task.FromResult<HttpResponseMessage?>(Throttled(retryAfter: 5)) };
        var running = service.Client(options =>
        {
            options.Resilience = new();
            options.TimeProvider = clock;
        }).RunBatchAsync(VerbatimService.EndpointName, BatchService.Requests(1)).ToListAsync().AsTask();
        for (var retry = 0; retry < 8; retry++)
        {
            await clock.TimerDueIn(TimeSpan.FromSeconds(5));
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        var result = Assert.Single(await running);

        Assert.Equal((DatabricksServingErrorKind.RateLimited, 9), (result.Error!.Kind, service.Counts["r0"]));
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task What_may_have_run_tools_is_not_sent_again(HttpStatusCode status)
    {
        var service = new BatchService { Reply = (_, _) => Task.FromResult<HttpResponseMessage?>(BatchService.Error(status, "INTERNAL")) };

        var result = Assert.Single(await service.Client(options => options.Resilience = new())
            .RunBatchAsync(VerbatimService.EndpointName, BatchService.Requests(1)).ToListAsync());

        Assert.Equal((status, 1), (result.Error!.StatusCode, service.Counts["r0"]));
    }

    [Fact]
    public async Task Retries_that_the_app_switched_off_stay_off()
    {
        var service = new BatchService { Reply = (_, _) => Task.FromResult<HttpResponseMessage?>(Throttled()) };

        await service.RunAsync(1, new());

        Assert.Equal(1, service.Counts["r0"]);
    }

    [Fact]
    public async Task A_limiter_of_the_app_is_respected_and_never_rejects()
    {
        var service = new BatchService();
        var client = service.Client(options => options.Concurrency(permitLimit: 2, queueLimit: 0));

        var results = await client.RunBatchAsync(VerbatimService.EndpointName, BatchService.Requests(50)).ToListAsync();

        Assert.Equal(50, results.Count(result => result.IsSuccess));
        Assert.Equal(2, service.MostConcurrent);
    }

    private static HttpResponseMessage Throttled(int retryAfter = 0)
    {
        var response = BatchService.Error(HttpStatusCode.TooManyRequests, "REQUEST_LIMIT_EXCEEDED");
        response.Headers.RetryAfter = new(TimeSpan.FromSeconds(retryAfter));
        return response;
    }
}
