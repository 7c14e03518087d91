using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using Connectors.Databricks.Diagnostics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Connectors.Databricks.Tests.Diagnostics;

/// <summary>
/// The activities and measurements that carry one tag value, so that tests which run in parallel do not see each other's.
/// </summary>
internal sealed class RecordedTelemetry : IDisposable
{
    private readonly string _tag;
    private readonly string _value;
    private readonly Exports _exports = [];
    private readonly TracerProvider _tracer;
    private readonly List<MetricCollector<double>> _histograms =
    [
        .. Instruments<Histogram<double>>().Select(one => new MetricCollector<double>(one)),
    ];
    private readonly List<MetricCollector<long>> _counters =
    [
        .. Instruments<Counter<long>>().Select(one => new MetricCollector<long>(one)),
    ];

    public RecordedTelemetry(string tag, string value)
    {
        (_tag, _value) = (tag, value);
        _tracer = Sdk.CreateTracerProviderBuilder()
            .AddSource(ServingTelemetry.Name)
            .SetSampler(new AlwaysOnSampler())
            .AddInMemoryExporter(_exports)
            .Build();
    }

    /// <summary>Each measurement as "name tag=value, …", without its number, histograms before counters.</summary>
    public IReadOnlyList<string> Measured => [.. _histograms.SelectMany(Lines), .. _counters.SelectMany(Lines)];

    public IReadOnlyList<Activity> Stopped => [.. _exports.Snapshot().Where(activity => _value.Equals(activity.GetTagItem(_tag)))];

    /// <summary>Every activity below the caller's, tagged or not.</summary>
    public IReadOnlyList<Activity> Under(Activity caller) => [.. _exports.Snapshot().Where(activity => activity.TraceId == caller.TraceId)];

    public void Dispose()
    {
        _tracer.Dispose();
        _histograms.ForEach(collector => collector.Dispose());
        _counters.ForEach(collector => collector.Dispose());
    }

    private IEnumerable<string> Lines<T>(MetricCollector<T> collector)
        where T : struct =>
        from measurement in collector.GetMeasurementSnapshot()
        where measurement.Tags.TryGetValue(_tag, out var value) && _value.Equals(value)
        let tags = measurement.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}")
        select $"{collector.Instrument!.Name} {string.Join(", ", tags)}";

    private static IEnumerable<TInstrument> Instruments<TInstrument>() =>
        typeof(ServingTelemetry).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null))
            .OfType<TInstrument>();

    /// <summary>Written by the exporter while a test reads.</summary>
    private sealed class Exports : Collection<Activity>
    {
        private readonly Lock _lock = new();

        public List<Activity> Snapshot()
        {
            lock (_lock)
            {
                return [.. this];
            }
        }

        protected override void InsertItem(int index, Activity item)
        {
            lock (_lock)
            {
                base.InsertItem(index, item);
            }
        }
    }
}
