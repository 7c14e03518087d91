using Microsoft.Extensions.Logging;
using Polly;
using Polly.Telemetry;

namespace Connectors.Databricks.Transport.Resilience;

/// <summary>The resilience pipelines of a client: the total timeout, and one pipeline per endpoint in a bounded cache.</summary>
internal sealed class EndpointPipelines
{
    /// <summary>The name of the pipelines in Polly's telemetry.</summary>
    public const string Name = "Connectors.Databricks";

    /// <summary>The key of the one pipeline of calls that are not inference.</summary>
    private const string Management = "";

    private readonly EndpointCache<EndpointPipeline> _pipelines;

    public EndpointPipelines(DatabricksServingOptions options, ILoggerFactory loggerFactory, ILogger logger)
    {
        var (resilience, timeProvider) = (options.Resilience, options.TimeProvider);
        var total = new ResiliencePipelineBuilder { Name = $"{Name}-{nameof(resilience.TotalRequestTimeout)}", TimeProvider = timeProvider }
            .ConfigureTelemetry(new TelemetryOptions { LoggerFactory = loggerFactory, ResultFormatter = FormatResult });
        var telemetry = total.TelemetryListener;
        TotalTimeout = resilience.TotalRequestTimeout is { } timeout ? total.AddTimeout(timeout).Build() : ResiliencePipeline.Empty;
        var budget = resilience.RetryBudget is { } perMinute ? new RetryBudget(perMinute, timeProvider) : null;
        var retry = resilience.Retry is { } retryOptions ? new RetryStrategy(retryOptions, budget, logger) : null;
        _pipelines = new(
            name => new EndpointPipeline(name == Management ? null : name, resilience, retry, timeProvider, telemetry, logger),
            static pipeline => pipeline.IsIdle);
    }

    /// <summary>The outermost strategy, around attempts and the reading of the body.</summary>
    public ResiliencePipeline TotalTimeout { get; }

    public EndpointPipeline For(ServingCall call) => _pipelines.Get(call.IsInference ? call.EndpointName : Management);

    // Polly writes any other result as it is, and this one holds the completion.
    private static object? FormatResult(ResilienceContext context, object? result) => (int?)(result as HttpResponseMessage)?.StatusCode;
}
