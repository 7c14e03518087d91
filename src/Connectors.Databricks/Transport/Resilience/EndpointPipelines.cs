using Connectors.Databricks.Diagnostics;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Telemetry;
using Polly.Timeout;

namespace Connectors.Databricks.Transport.Resilience;

/// <summary>The resilience pipelines of a client: the total timeout, and one pipeline per endpoint in a bounded cache.</summary>
internal sealed class EndpointPipelines
{
    /// <summary>The name of the pipelines in Polly's telemetry.</summary>
    public const string Name = "Connectors.Databricks";

    /// <summary>The key of the one pipeline of calls that are not inference.</summary>
    private const string Management = "";

    private readonly EndpointCache<EndpointPipeline> _pipelines;

    public EndpointPipelines(DatabricksServingOptions options, RedactingLoggerFactory loggerFactory, ILogger logger)
    {
        var (resilience, timeProvider) = (options.Resilience, options.TimeProvider);
        var telemetry = new PollyTelemetry(loggerFactory);
        TotalTimeout = resilience.TotalRequestTimeout is { } timeout
            ? new ResiliencePipelineBuilder { TimeProvider = timeProvider }.AddTimeout(Reporting(timeout, telemetry)).Build()
            : ResiliencePipeline.Empty;
        var budget = resilience.RetryBudget is { } perMinute ? new RetryBudget(perMinute, timeProvider) : null;
        var retry = resilience.Retry is { } retryOptions ? new RetryStrategy(retryOptions, budget, logger) : null;
        _pipelines = new(
            name => new EndpointPipeline(name == Management ? null : name, resilience, retry, timeProvider, telemetry.Listener, logger),
            static pipeline => pipeline.IsIdle);
    }

    /// <summary>The outermost strategy, around attempts and the reading of the body.</summary>
    public ResiliencePipeline TotalTimeout { get; }

    /// <summary>The number of pipelines in the cache.</summary>
    public int Count => _pipelines.Count;

    public EndpointPipeline For(ServingCall call) => _pipelines.Get(call.IsInference ? call.EndpointName : Management);

    // This pipeline has no telemetry of its own, which would report each call twice: only its timeout is reported.
    private static TimeoutStrategyOptions Reporting(HttpTimeoutStrategyOptions options, PollyTelemetry telemetry)
    {
        var source = new ResilienceTelemetrySource(Name, pipelineInstanceName: null, options.Name);
        return new TimeoutStrategyOptions
        {
            Name = options.Name,
            Timeout = options.Timeout,
            TimeoutGenerator = options.TimeoutGenerator,
            OnTimeout = arguments =>
            {
                telemetry.Report(source, new(ResilienceEventSeverity.Error, "OnTimeout"), arguments.Context, arguments);
                return options.OnTimeout?.Invoke(arguments) ?? default;
            },
        };
    }
}
