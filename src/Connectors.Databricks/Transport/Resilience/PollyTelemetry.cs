using System.Diagnostics.Metrics;
using Connectors.Databricks.Diagnostics;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Telemetry;

namespace Connectors.Databricks.Transport.Resilience;

/// <summary>
/// Polly's telemetry, for pipelines that are built while its log category or its meter is observed: otherwise the events
/// would cost a tenth of each call without an observer.
/// </summary>
internal sealed class PollyTelemetry
{
    private const string Name = "Polly";

    private static Instrument[] instruments = [];

    private readonly TelemetryListener _listener;
    private readonly ILogger _logger;

    static PollyTelemetry()
    {
        // Collects Polly's instruments without listening to them.
        var collector = new MeterListener
        {
            InstrumentPublished = static (instrument, _) =>
            {
                if (instrument.Meter.Name == Name)
                {
                    instruments = [.. instruments, instrument];
                }
            },
        };
        collector.Start();
    }

    public PollyTelemetry(RedactingLoggerFactory loggerFactory)
    {
        _logger = loggerFactory.CreateLogger(Name);
        _listener = new ResiliencePipelineBuilder()
            .ConfigureTelemetry(new TelemetryOptions { LoggerFactory = loggerFactory, ResultFormatter = FormatResult })
            .TelemetryListener!;
    }

    /// <summary>
    /// The listener for a pipeline that is built now; null while nothing observes it. An error is the highest severity of an event.
    /// </summary>
    public TelemetryListener? Listener =>
        _logger.IsEnabled(LogLevel.Error) || Array.Exists(instruments, static instrument => instrument.Enabled) ? _listener : null;

    /// <summary>Reports an event of a pipeline without telemetry of its own.</summary>
    public void Report<TArgs>(
        ResilienceTelemetrySource source, ResilienceEvent resilienceEvent, ResilienceContext context, TArgs arguments) =>
        _listener.Write<object, TArgs>(new(source, resilienceEvent, context, arguments, outcome: null));

    // Polly writes any other result as it is, which may be a completion.
    private static object? FormatResult(ResilienceContext context, object? result) => (int?)(result as HttpResponseMessage)?.StatusCode;
}
