using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>What docs/resilience.md shows of predicates, events and resilience handlers.</summary>
internal static class ResilienceHandlersCode
{
    internal static void Predicate(DatabricksServingOptions options)
    {
        // <retry-predicate>
        options.Resilience.Retry = new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = 3,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome switch
            {
                { Result.StatusCode: HttpStatusCode.InternalServerError or HttpStatusCode.GatewayTimeout } => true,   // may be billed twice
                { } outcome => HttpClientResiliencePredicates.IsTransient(outcome),
            }),
            OnRetry = arguments =>
            {
                Console.WriteLine($"Retry {arguments.AttemptNumber + 1} in {arguments.RetryDelay}: {arguments.Outcome.Result?.StatusCode}");
                return ValueTask.CompletedTask;
            },
        };
        // </retry-predicate>
    }

    internal static void SwitchOff(DatabricksServingOptions options)
    {
        // <switch-off>
        options.Resilience.Retry = null;
        options.Resilience.TotalRequestTimeout = null;
        // </switch-off>
    }

    internal static void Limits(DatabricksServingOptions options)
    {
        // <rate-limiter>
        options.Resilience.RateLimiter = new HttpRateLimiterStrategyOptions
        {
            DefaultRateLimiterOptions = { PermitLimit = 32, QueueLimit = 1000 },
        };
        options.Resilience.Throttling.MaxCallsPerSecond = 10;
        // </rate-limiter>
    }

    internal static void Standard(IServiceCollection services)
    {
        // <standard-handler>
        services.AddDatabricksServing()
            .AddStandardResilienceHandler(options =>
            {
                options.AttemptTimeout.Timeout = TimeSpan.FromMinutes(5);
                options.TotalRequestTimeout.Timeout = TimeSpan.FromMinutes(10);
                options.CircuitBreaker.SamplingDuration = TimeSpan.FromMinutes(10);
                options.Retry.DisableForUnsafeHttpMethods();   // inference is POST: without this, 500 and timeouts are sent twice
            });
        // </standard-handler>
    }

    internal static void Hedging(IServiceCollection services)
    {
        // <hedging-handler>
        services.AddDatabricksServing()
            .AddStandardHedgingHandler()
            .Configure(options =>
            {
                options.Hedging.Delay = TimeSpan.FromSeconds(20);   // every hedged attempt is billed
                options.TotalRequestTimeout.Timeout = TimeSpan.FromMinutes(10);
                options.Endpoint.Timeout.Timeout = TimeSpan.FromMinutes(5);
                options.Endpoint.CircuitBreaker.SamplingDuration = TimeSpan.FromMinutes(10);
            });
        // </hedging-handler>
    }

    internal static void Custom(IServiceCollection services)
    {
        // <custom-handler>
        services.AddDatabricksServing(options => options.Resilience.Retry = new HttpRetryStrategyOptions { MaxRetryAttempts = 2 })
            .AddResilienceHandler("concurrency", builder => builder.AddConcurrencyLimiter(permitLimit: 100, queueLimit: 1000));
        // </custom-handler>
    }
}
