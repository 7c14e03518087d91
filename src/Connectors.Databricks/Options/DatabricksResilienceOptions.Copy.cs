using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Connectors.Databricks;

// Copies the options and validates them with Polly's own rules.
public sealed partial class DatabricksResilienceOptions
{
    private const string Path = nameof(DatabricksServingOptions.Resilience);

    private DatabricksResilienceOptions(DatabricksResilienceOptions other)
    {
        RateLimiter = Copy(other.RateLimiter);
        TotalRequestTimeout = Copy(other.TotalRequestTimeout);
        _retry = Copy(other._retry);
        IsRetrySet = other.IsRetrySet;
        CircuitBreaker = Copy(other.CircuitBreaker);
        AttemptTimeout = Copy(other.AttemptTimeout);
        RetryBudget = other.RetryBudget;
        Throttling = other.Throttling;
    }

    private bool HasDefaultRetry
    {
        get
        {
            var (retry, fresh) = (_retry, NewRetry());
            return retry is not null
                && retry.GetType() == fresh.GetType()
                && (retry.MaxRetryAttempts, retry.Delay, retry.MaxDelay, retry.BackoffType, retry.UseJitter, retry.ShouldRetryAfterHeader)
                    == (
                        fresh.MaxRetryAttempts, fresh.Delay, fresh.MaxDelay, fresh.BackoffType, fresh.UseJitter,
                        fresh.ShouldRetryAfterHeader)
                && (retry.ShouldHandle, retry.DelayGenerator, retry.OnRetry) == (fresh.ShouldHandle, fresh.DelayGenerator, fresh.OnRetry);
        }
    }

    /// <summary>A copy without retries, for a client whose handlers retry.</summary>
    internal DatabricksResilienceOptions WithoutRetry() => new(this) { Retry = null };

    /// <summary>
    /// A copy for a batch, which waits rather than fails: requests above the concurrency limit queue, the limit adapts to 429 responses,
    /// and there are more retries, unless the app configured them.
    /// </summary>
    internal DatabricksResilienceOptions ForBatch(int maxConcurrentRequests)
    {
        var copy = new DatabricksResilienceOptions(this);
        if (copy._retry is { } retry && !IsRetryConfigured)
        {
            retry.MaxRetryAttempts = BatchRetryAttempts;
        }

        copy.RateLimiter ??= new HttpRateLimiterStrategyOptions { DefaultRateLimiterOptions = { PermitLimit = maxConcurrentRequests } };
        if (copy.RateLimiter is { RateLimiter: null, DefaultRateLimiterOptions: { } limits })
        {
            limits.PermitLimit = Math.Min(limits.PermitLimit, maxConcurrentRequests);
            limits.QueueLimit = int.MaxValue;
        }

        return copy;
    }

    /// <exception cref="ArgumentException">A strategy is invalid; the message names it.</exception>
    internal DatabricksResilienceOptions CopyValidated()
    {
        Require(Throttling is not null, nameof(Throttling), "is null. Leave it at its default instead.");
        var copy = new DatabricksResilienceOptions(this) { Throttling = Throttling!.Copy() };
        Validate(copy.RateLimiter, nameof(RateLimiter), static (builder, options) => builder.AddRateLimiter(options));
        Validate(copy.TotalRequestTimeout, nameof(TotalRequestTimeout), static (builder, options) => builder.AddTimeout(options));
        Validate(copy.Retry, nameof(Retry), static (builder, options) => builder.AddRetry(options));
        Validate(copy.CircuitBreaker, nameof(CircuitBreaker), static (builder, options) => builder.AddCircuitBreaker(options));
        Validate(copy.AttemptTimeout, nameof(AttemptTimeout), static (builder, options) => builder.AddTimeout(options));
        copy.ValidateTogether();
        return copy;
    }

    private void ValidateTogether()
    {
        if (RateLimiter is { RateLimiter: null, DefaultRateLimiterOptions: { } limits })
        {
            Require(limits.PermitLimit > 0, $"{nameof(RateLimiter)}.PermitLimit", $"is {limits.PermitLimit}. It must be positive.");
            Require(limits.QueueLimit >= 0, $"{nameof(RateLimiter)}.QueueLimit", $"is {limits.QueueLimit}. It cannot be negative.");
        }

        Require(
            !(AttemptTimeout?.Timeout > TotalRequestTimeout?.Timeout),
            nameof(AttemptTimeout),
            $"({AttemptTimeout?.Timeout}) is longer than {nameof(TotalRequestTimeout)} ({TotalRequestTimeout?.Timeout}).");
        Require(
            CircuitBreaker is not { StateProvider: not null } and not { ManualControl: not null },
            nameof(CircuitBreaker),
            "has a StateProvider or a ManualControl. Each endpoint has its own circuit; use OnOpened, OnClosed and OnHalfOpened.");
        Require(
            RateLimiter is not { RateLimiter: not null } || Throttling.MaxCallsPerSecond is null,
            $"{nameof(Throttling)}.{nameof(Throttling.MaxCallsPerSecond)}",
            "has no effect with a custom RateLimiter.RateLimiter. Limit the rate there.");
        Require(RetryBudget is null or >= 0, nameof(RetryBudget), $"is {RetryBudget}. It cannot be negative.");
        Require(
            Throttling.MaxCallsPerSecond is null or (> 0 and <= 1_000_000),
            $"{nameof(Throttling)}.{nameof(Throttling.MaxCallsPerSecond)}",
            $"is {Throttling.MaxCallsPerSecond}. It must be above 0 and at most 1,000,000.");
    }

    private static void Validate<TOptions>(
        TOptions? options, string name, Action<ResiliencePipelineBuilder<HttpResponseMessage>, TOptions> add)
        where TOptions : class
    {
        if (options is null)
        {
            return;
        }

        try
        {
            add(new ResiliencePipelineBuilder<HttpResponseMessage>(), options);
        }
        catch (ValidationException exception)
        {
            // The first two lines name the type and announce the errors.
            var errors = exception.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(2);
            throw new ArgumentException(
                $"{Path}.{name} is invalid: {string.Join(' ', errors)} Set {Path}.{name} to null to switch the strategy off.", exception);
        }
    }

    private static void Require(bool condition, string name, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"{Path}.{name} {problem}");
        }
    }

    private static HttpRateLimiterStrategyOptions? Copy(HttpRateLimiterStrategyOptions? other) => other is null ? null : new()
    {
        Name = other.Name,
        RateLimiter = other.RateLimiter,
        DefaultRateLimiterOptions = other.DefaultRateLimiterOptions is not { } limits ? null! : new()
        {
            PermitLimit = limits.PermitLimit,
            QueueLimit = limits.QueueLimit,
            QueueProcessingOrder = limits.QueueProcessingOrder,
        },
        OnRejected = other.OnRejected,
    };

    private static HttpTimeoutStrategyOptions? Copy(HttpTimeoutStrategyOptions? other) => other is null ? null : new()
    {
        Name = other.Name,
        Timeout = other.Timeout,
        TimeoutGenerator = other.TimeoutGenerator,
        OnTimeout = other.OnTimeout,
    };

    // ShouldRetryAfterHeader replaces DelayGenerator when it is set, so it comes first.
    private static HttpRetryStrategyOptions? Copy(HttpRetryStrategyOptions? other) => other is null ? null : new()
    {
        ShouldRetryAfterHeader = other.ShouldRetryAfterHeader,
        Name = other.Name,
        MaxRetryAttempts = other.MaxRetryAttempts,
        BackoffType = other.BackoffType,
        UseJitter = other.UseJitter,
        Delay = other.Delay,
        MaxDelay = other.MaxDelay,
        ShouldHandle = other.ShouldHandle,
        DelayGenerator = other.DelayGenerator,
        OnRetry = other.OnRetry,
        Randomizer = other.Randomizer,
    };

    private static HttpCircuitBreakerStrategyOptions? Copy(HttpCircuitBreakerStrategyOptions? other) => other is null ? null : new()
    {
        Name = other.Name,
        FailureRatio = other.FailureRatio,
        MinimumThroughput = other.MinimumThroughput,
        SamplingDuration = other.SamplingDuration,
        BreakDuration = other.BreakDuration,
        BreakDurationGenerator = other.BreakDurationGenerator,
        ShouldHandle = other.ShouldHandle,
        OnClosed = other.OnClosed,
        OnOpened = other.OnOpened,
        OnHalfOpened = other.OnHalfOpened,
        ManualControl = other.ManualControl,
        StateProvider = other.StateProvider,
    };
}
