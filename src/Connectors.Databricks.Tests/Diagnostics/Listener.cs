using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Connectors.Databricks.Tests.Diagnostics;

/// <summary>Hears the activities and measurements that concern one endpoint, whichever test they come from otherwise.</summary>
internal sealed class Listener : IDisposable
{
    private readonly string _endpoint;
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();
    private readonly List<Activity> _stopped = [];
    private readonly List<string> _measured = [];

    public Listener(string endpoint)
    {
        _endpoint = endpoint;
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Connectors.Databricks",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (_stopped)
                {
                    _stopped.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Connectors.Databricks")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _meters.Start();
    }

    /// <summary>Each measurement as "name tag=value, …", without its number.</summary>
    public IReadOnlyList<string> Measured
    {
        get
        {
            lock (_measured)
            {
                return [.. _measured];
            }
        }
    }

    public IReadOnlyList<Activity> Stopped
    {
        get
        {
            lock (_stopped)
            {
                return [.. _stopped.Where(activity => activity.GetTagItem("databricks.endpoint") is string endpoint && endpoint == _endpoint)];
            }
        }
    }

    /// <summary>Whatever was made by the code that the test called, named or not: what has the test's own activity above it.</summary>
    public IReadOnlyList<Activity> Under(Activity caller)
    {
        lock (_stopped)
        {
            return [.. _stopped.Where(activity => activity.TraceId == caller.TraceId)];
        }
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var pairs = tags.ToArray();
        if (!pairs.Any(tag => tag is { Key: "databricks.endpoint", Value: string endpoint } && endpoint == _endpoint) || value < 0)
        {
            return;
        }

        lock (_measured)
        {
            _measured.Add($"{instrument.Name} {string.Join(", ", pairs.Select(tag => $"{tag.Key}={tag.Value}"))}");
        }
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }
}
