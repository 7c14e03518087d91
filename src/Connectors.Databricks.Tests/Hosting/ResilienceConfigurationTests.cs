using System.Text;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Connectors.Databricks.Tests.Hosting;

/// <summary>The section Resilience has the keys of HttpStandardResilienceOptions, and null switches a strategy off.</summary>
public class ResilienceConfigurationTests
{
    [Fact]
    public void Every_key_is_read()
    {
        var resilience = FromJson("""
            {
              "TotalRequestTimeout": { "Name": "Total", "Timeout": "00:05:00" },
              "Retry": {
                "MaxRetryAttempts": 4, "BackoffType": "Linear", "UseJitter": false, "Delay": "00:00:02", "MaxDelay": "00:00:30",
                "ShouldRetryAfterHeader": false
              },
              "RateLimiter": { "DefaultRateLimiterOptions": { "PermitLimit": 32, "QueueLimit": 64, "QueueProcessingOrder": "NewestFirst" } },
              "CircuitBreaker": { "FailureRatio": 0.5, "MinimumThroughput": 10, "SamplingDuration": "00:01:00", "BreakDuration": "00:00:30" },
              "AttemptTimeout": { "Timeout": "00:02:00" },
              "Throttling": { "MaxCallsPerSecond": 0.5, "AdaptiveConcurrency": false },
              "RetryBudget": 60
            }
            """);

        Assert.Equal(
            ("Total", TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(2), 60),
            (resilience.TotalRequestTimeout!.Name, resilience.TotalRequestTimeout.Timeout, resilience.AttemptTimeout!.Timeout,
                resilience.RetryBudget));
        Assert.Equal(
            (4, DelayBackoffType.Linear, false, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30), false),
            (resilience.Retry!.MaxRetryAttempts, resilience.Retry.BackoffType, resilience.Retry.UseJitter, resilience.Retry.Delay,
                resilience.Retry.MaxDelay, resilience.Retry.ShouldRetryAfterHeader));
        var limits = resilience.RateLimiter!.DefaultRateLimiterOptions;
        Assert.Equal(
            (32, 64, QueueProcessingOrder.NewestFirst, 0.5, false),
            (limits.PermitLimit, limits.QueueLimit, limits.QueueProcessingOrder, resilience.Throttling.MaxCallsPerSecond,
                resilience.Throttling.AdaptiveConcurrency));
        Assert.Equal(
            (0.5, 10, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30)),
            (resilience.CircuitBreaker!.FailureRatio, resilience.CircuitBreaker.MinimumThroughput,
                resilience.CircuitBreaker.SamplingDuration, resilience.CircuitBreaker.BreakDuration));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void Null_and_an_empty_text_switch_a_strategy_off(string value)
    {
        var resilience = FromJson(
            $$"""
            {
              "TotalRequestTimeout": {{value}}, "Retry": {{value}}, "RateLimiter": {{value}}, "CircuitBreaker": {{value}}, "AttemptTimeout": {{value}}
            }
            """,
            options => options.Resilience = new()
            {
                RateLimiter = new(),
                CircuitBreaker = new(),
                AttemptTimeout = new(),
            });

        Assert.Equal(
            (null, null, null, null, null),
            ((object?)resilience.TotalRequestTimeout, (object?)resilience.Retry, (object?)resilience.RateLimiter,
                (object?)resilience.CircuitBreaker, (object?)resilience.AttemptTimeout));
    }

    [Fact]
    public void A_key_that_is_set_leaves_the_others_at_their_defaults()
    {
        var retry = FromJson("""{ "Retry": { "MaxRetryAttempts": 5 } }""").Retry!;

        Assert.Equal(
            (5, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), true),
            (retry.MaxRetryAttempts, retry.Delay, retry.MaxDelay, retry.UseJitter));
    }

    [Theory]
    [InlineData("""{ "Retires": {} }""", "Configuration 'Databricks:Resilience:Retires' is no option. The known ones: RateLimiter, ")]
    [InlineData(
        """{ "Retry": { "MaxRetries": 3 } }""",
        "Configuration 'Databricks:Resilience:Retry:MaxRetries' is no option. The known ones: Name, ")]
    [InlineData(
        """{ "Retry": "dapi-secret" }""", "Configuration 'Databricks:Resilience:Retry' is a section, not a value. Its keys: Name, ")]
    [InlineData(
        """{ "Retry": { "BackoffType": "dapi-secret" } }""",
        "Configuration 'Databricks:Resilience:Retry:BackoffType' is none of Constant, Linear, Exponential.")]
    [InlineData(
        """{ "RateLimiter": { "DefaultRateLimiterOptions": { "Permits": 1 } } }""",
        "Configuration 'Databricks:Resilience:RateLimiter:DefaultRateLimiterOptions:Permits' is no option. ")]
    public void A_key_or_value_that_makes_no_sense_is_named_and_no_value_quoted(string json, string message)
    {
        var exception = Assert.Throws<ArgumentException>(() => FromJson(json));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("dapi-secret", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// A member that a new version of the package adds to its options, and that text can express, fails here until it is read.
    /// </summary>
    [Fact]
    public void Every_member_of_the_options_that_text_can_express_is_a_key()
    {
        var keys = typeof(HttpStandardResilienceOptions).GetProperties()
            .SelectMany(
                group => group.PropertyType.GetProperties().Where(member => IsText(member.PropertyType)).Select(
                    member => $"{group.Name}:{member.Name}"))
            .ToList();

        Assert.Contains("Retry:MaxRetryAttempts", keys);
        Assert.All(keys, key =>
        {
            var exception = Record.Exception(() => Read(new ConfigurationBuilder()
                .AddInMemoryCollection([KeyValuePair.Create($"Databricks:Resilience:{key}", (string?)"00:00:01")]).Build()));
            Assert.True(exception?.Message.Contains("is no option") is not true, exception?.Message);
        });
    }

    private static bool IsText(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) != TypeCode.Object
        || (Nullable.GetUnderlyingType(type) ?? type) == typeof(TimeSpan);

    private static DatabricksResilienceOptions FromJson(string resilience, Action<DatabricksServingOptions>? configure = null)
    {
        using var json = new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "Databricks": { "Resilience": {{resilience}} } }"""));
        return Read(new ConfigurationBuilder().AddJsonStream(json).Build(), configure);
    }

    private static DatabricksResilienceOptions Read(IConfiguration configuration, Action<DatabricksServingOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddDatabricksServing(configuration.GetSection("Databricks"));
        var options = new DatabricksServingOptions();
        configure?.Invoke(options);
        foreach (var step in services.BuildServiceProvider().GetServices<IConfigureOptions<DatabricksServingOptions>>())
        {
            step.Configure(options);
        }

        return options.Resilience;
    }
}
