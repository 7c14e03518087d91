using System.Threading.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Connectors.Databricks.Hosting;

/// <summary>
/// Reads <see cref="DatabricksServingOptions.Resilience"/> with the keys of <see cref="HttpStandardResilienceOptions"/>. A strategy whose
/// section is null or empty is switched off.
/// </summary>
internal static class ResilienceFromConfiguration
{
    private static readonly Dictionary<string, Action<HttpRetryStrategyOptions, string>> Retry = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(HttpRetryStrategyOptions.Name)] = (options, text) => options.Name = text,
        [nameof(HttpRetryStrategyOptions.MaxRetryAttempts)] = (options, text) =>
            options.MaxRetryAttempts = OptionsFromConfiguration.Whole(text),
        [nameof(HttpRetryStrategyOptions.BackoffType)] = (options, text) =>
            options.BackoffType = OptionsFromConfiguration.OneOf<DelayBackoffType>(text),
        [nameof(HttpRetryStrategyOptions.UseJitter)] = (options, text) => options.UseJitter = OptionsFromConfiguration.Flagged(text),
        [nameof(HttpRetryStrategyOptions.Delay)] = (options, text) => options.Delay = OptionsFromConfiguration.Time(text),
        [nameof(HttpRetryStrategyOptions.MaxDelay)] = (options, text) => options.MaxDelay = OptionsFromConfiguration.Time(text),
        [nameof(HttpRetryStrategyOptions.ShouldRetryAfterHeader)] =
            (options, text) => options.ShouldRetryAfterHeader = OptionsFromConfiguration.Flagged(text),
    };

    private static readonly Dictionary<string, Action<HttpTimeoutStrategyOptions, string>> Timeout = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(HttpTimeoutStrategyOptions.Name)] = (options, text) => options.Name = text,
        [nameof(HttpTimeoutStrategyOptions.Timeout)] = (options, text) => options.Timeout = OptionsFromConfiguration.Time(text),
    };

    private static readonly Dictionary<string, Action<HttpCircuitBreakerStrategyOptions, string>> CircuitBreaker = new(
        StringComparer.OrdinalIgnoreCase)
    {
        [nameof(HttpCircuitBreakerStrategyOptions.Name)] = (options, text) => options.Name = text,
        [nameof(HttpCircuitBreakerStrategyOptions.FailureRatio)] = (options, text) =>
            options.FailureRatio = OptionsFromConfiguration.Number(text),
        [nameof(HttpCircuitBreakerStrategyOptions.MinimumThroughput)] =
            (options, text) => options.MinimumThroughput = OptionsFromConfiguration.Whole(text),
        [nameof(HttpCircuitBreakerStrategyOptions.SamplingDuration)] =
            (options, text) => options.SamplingDuration = OptionsFromConfiguration.Time(text),
        [nameof(HttpCircuitBreakerStrategyOptions.BreakDuration)] = (options, text) =>
            options.BreakDuration = OptionsFromConfiguration.Time(text),
    };

    private static readonly Dictionary<string, Action<ConcurrencyLimiterOptions, string>> Limits = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(ConcurrencyLimiterOptions.PermitLimit)] = (options, text) => options.PermitLimit = OptionsFromConfiguration.Whole(text),
        [nameof(ConcurrencyLimiterOptions.QueueLimit)] = (options, text) => options.QueueLimit = OptionsFromConfiguration.Whole(text),
        [nameof(ConcurrencyLimiterOptions.QueueProcessingOrder)] =
            (options, text) => options.QueueProcessingOrder = OptionsFromConfiguration.OneOf<QueueProcessingOrder>(text),
    };

    private static readonly Dictionary<string, Action<HttpRateLimiterStrategyOptions, string>> RateLimiter = new(
        StringComparer.OrdinalIgnoreCase)
    {
        [nameof(HttpRateLimiterStrategyOptions.Name)] = (options, text) => options.Name = text,
    };

    private static readonly Dictionary<string, Action<DatabricksThrottlingOptions, string>> Throttling = new(
        StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabricksThrottlingOptions.MaxCallsPerSecond)] =
            (options, text) => options.MaxCallsPerSecond = OptionsFromConfiguration.Number(text),
        [nameof(DatabricksThrottlingOptions.AdaptiveConcurrency)] =
            (options, text) => options.AdaptiveConcurrency = OptionsFromConfiguration.Flagged(text),
    };

    private static readonly Dictionary<string, Action<DatabricksResilienceOptions, string>> Values = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabricksResilienceOptions.RetryBudget)] = (options, text) => options.RetryBudget = OptionsFromConfiguration.Whole(text),
    };

    // Each entry reads the section of one strategy into the strategy that is set so far, or into a new one.
    private static readonly Dictionary<string, Action<DatabricksResilienceOptions, IConfigurationSection>> Groups = new(
        StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabricksResilienceOptions.RateLimiter)] =
            (options, section) => options.RateLimiter = ReadRateLimiter(section, options.RateLimiter),
        [nameof(DatabricksResilienceOptions.TotalRequestTimeout)] = (options, section) => options.TotalRequestTimeout =
            Read(section, Timeout, options.TotalRequestTimeout, DatabricksResilienceOptions.NewTotalRequestTimeout),
        [nameof(DatabricksResilienceOptions.Retry)] = (options, section) => options.Retry =
            Read(section, Retry, options.Retry, DatabricksResilienceOptions.NewRetry),
        [nameof(DatabricksResilienceOptions.CircuitBreaker)] = (options, section) => options.CircuitBreaker =
            Read(section, CircuitBreaker, options.CircuitBreaker, static () => new()),
        [nameof(DatabricksResilienceOptions.AttemptTimeout)] = (options, section) => options.AttemptTimeout =
            Read(section, Timeout, options.AttemptTimeout, DatabricksResilienceOptions.NewAttemptTimeout),
        [nameof(DatabricksResilienceOptions.Throttling)] = (options, section) =>
            OptionsFromConfiguration.ReadGroup(section, Throttling, options.Throttling),
    };

    public static void Read(IConfigurationSection section, DatabricksResilienceOptions options)
    {
        OptionsFromConfiguration.RequireSection(section, Groups.Keys);
        foreach (var child in section.GetChildren())
        {
            if (Groups.TryGetValue(child.Key, out var read))
            {
                read(options, child);
            }
            else
            {
                OptionsFromConfiguration.Set(child, Values, [.. Groups.Keys, .. Values.Keys], options);
            }
        }
    }

    private static T? Read<T>(IConfigurationSection section, Dictionary<string, Action<T, string>> table, T? current, Func<T> create)
        where T : class
    {
        if (IsSwitchedOff(section))
        {
            return null;
        }

        var options = current ?? create();
        OptionsFromConfiguration.ReadGroup(section, table, options);
        return options;
    }

    private static HttpRateLimiterStrategyOptions? ReadRateLimiter(IConfigurationSection section, HttpRateLimiterStrategyOptions? current)
    {
        if (IsSwitchedOff(section))
        {
            return null;
        }

        const string LimitsKey = nameof(HttpRateLimiterStrategyOptions.DefaultRateLimiterOptions);
        var options = current ?? new();
        OptionsFromConfiguration.RequireSection(section, [.. RateLimiter.Keys, LimitsKey]);
        foreach (var child in section.GetChildren())
        {
            if (child.Key.Equals(LimitsKey, StringComparison.OrdinalIgnoreCase))
            {
                OptionsFromConfiguration.ReadGroup(child, Limits, options.DefaultRateLimiterOptions);
            }
            else
            {
                OptionsFromConfiguration.Set(child, RateLimiter, [.. RateLimiter.Keys, LimitsKey], options);
            }
        }

        return options;
    }

    // JSON's null arrives as no value or as an empty one, depending on the version of the provider; an environment variable can only be
    // empty.
    private static bool IsSwitchedOff(IConfigurationSection section) => string.IsNullOrEmpty(section.Value) && !section.GetChildren().Any();
}
