using System.Diagnostics.Metrics;
using Connectors.Databricks.Diagnostics;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Telemetry;

namespace Connectors.Databricks.Transport.Resilience;

/// <summary>
/// Polly's telemetry, skipped while neither its log category nor its meter is observed: the events of each call would otherwise cost a tenth of
/// the call.
/// </summary>
internal sealed class PollyTelemetry : TelemetryListener
{
    private const string Name = "Polly";

    private static Instrument[] instruments = [];

    private readonly TelemetryListener _polly;
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
        _polly = new ResiliencePipelineBuilder()
            .ConfigureTelemetry(new TelemetryOptions { LoggerFactory = loggerFactory, ResultFormatter = FormatResult })
            .TelemetryListener!;
    }

    public override void Write<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args)
    {
        if (IsObserved())
        {
            _polly.Write(in args);
        }
    }

    private bool IsObserved()
    {
        // The highest severity of an event is an error; a category that omits it omits all.
        if (_logger.IsEnabled(LogLevel.Error))
        {
            return true;
        }

        foreach (var instrument in instruments)
        {
            if (instrument.Enabled)
            {
                return true;
            }
        }

        return false;
    }

    // Polly writes any other result as it is, which may be a completion.
    private static object? FormatResult(ResilienceContext context, object? result) => (int?)(result as HttpResponseMessage)?.StatusCode;
}
