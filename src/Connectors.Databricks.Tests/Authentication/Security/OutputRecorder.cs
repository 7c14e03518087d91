using System.Collections;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Security;

/// <summary>
/// Records everything that leaves the connector other than on the wire: logs, activities, metrics, exceptions, and texts of objects.
/// </summary>
internal sealed class OutputRecorder : IDisposable
{
    private readonly List<(string Place, string? Text)> _recorded = [];
    private readonly ActivityListener _activities;
    private readonly MeterListener _metrics = new();

    public OutputRecorder()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                Record("an activity's name", activity.OperationName);
                foreach (var tag in activity.TagObjects)
                {
                    Record($"tag '{tag.Key}' of an activity", tag.Value?.ToString());
                }
            },
        };
        ActivitySource.AddActivityListener(_activities);
        _metrics.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _metrics.SetMeasurementEventCallback<double>(Measured);
        _metrics.SetMeasurementEventCallback<long>(Measured);
        _metrics.SetMeasurementEventCallback<int>(Measured);
        _metrics.Start();
    }

    public FakeLoggerFactory Log { get; } = new();

    public void Dispose()
    {
        _activities.Dispose();
        _metrics.Dispose();
        Log.Dispose();
    }

    public void Record(string place, string? text)
    {
        lock (_recorded)
        {
            _recorded.Add((place, text));
        }
    }

    /// <summary>An exception as a log writes it, and every property of it and of those below it.</summary>
    public void Record(Exception exception)
    {
        Record("an exception", exception.ToString());
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            HearProperties(inner);
            foreach (DictionaryEntry entry in inner.Data)
            {
                Record("an exception's data", $"{entry.Key}={entry.Value}");
            }
        }
    }

    /// <summary>What public properties give, and what is in the lists among them.</summary>
    public void HearProperties(object thing)
    {
        Record($"{thing.GetType().Name}.ToString", thing.ToString());
        foreach (var property in thing.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            var value = property.GetValue(thing);
            Record($"{thing.GetType().Name}.{property.Name}", value?.ToString());
            foreach (var item in value is IEnumerable list and not string ? list.Cast<object?>() : [])
            {
                Record($"{thing.GetType().Name}.{property.Name}", item?.ToString());
            }
        }
    }

    /// <summary>The text of every object of the connector's that can be reached from this one, through private fields, too.</summary>
    public void HearObjects(object root)
    {
        var known = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Queue<object>([root]);
        while (waiting.TryDequeue(out var thing))
        {
            if (!known.Add(thing))
            {
                continue;
            }

            var type = thing.GetType();
            if (type.Assembly == typeof(DatabricksCredential).Assembly)
            {
                Record($"{type.Name}.ToString", thing.ToString());
            }

            foreach (var item in Below(thing, type))
            {
                waiting.Enqueue(item);
            }
        }
    }

    /// <summary>Everything that was heard until now, the log included.</summary>
    public IReadOnlyList<(string Place, string? Text)> Everything
    {
        get
        {
            lock (_recorded)
            {
                return
                [
                    .. _recorded, .. Log.Collector.Lines().Select(line => ("the log", (string?)line.Text)),
                    .. Log.Collector.States().Select(state => ("the log", (string?)state)),
                ];
            }
        }
    }

    /// <summary>Finds no canary anywhere, and that there was something to look at.</summary>
    public void FindsNothing()
    {
        foreach (var line in Log.Collector.Lines().Select(line => line.Text).Concat(Log.Collector.States()))
        {
            Canary.IsNotIn(line, "the log");
        }

        lock (_recorded)
        {
            Assert.NotEmpty(_recorded);
            foreach (var (place, text) in _recorded)
            {
                Canary.IsNotIn(text, place);
            }
        }
    }

    private static IEnumerable<object> Below(object thing, Type type)
    {
        if (thing is string or Delegate or Type or Pointer || type.IsPrimitive || type.IsEnum)
        {
            return [];
        }

        if (thing is IEnumerable list && type.Assembly != typeof(DatabricksCredential).Assembly)
        {
            return list.Cast<object?>().OfType<object>();
        }

        // Pairs of dictionaries and value tuples lead on; the framework's own innards do not.
        var leadsOn = type.Assembly == typeof(DatabricksCredential).Assembly
            || type.Name.StartsWith("KeyValuePair", StringComparison.Ordinal);
        return leadsOn ? Fields(type).Select(field => field.GetValue(thing)).OfType<object>() : [];
    }

    private static IEnumerable<FieldInfo> Fields(Type? type)
    {
        for (; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (
                var field in type.GetFields(
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsByRefLike && !field.FieldType.IsPointer)
                {
                    yield return field;
                }
            }
        }
    }

    private void Measured<T>(Instrument instrument, T measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        foreach (var tag in tags)
        {
            Record($"tag '{tag.Key}' of metric '{instrument.Name}'", tag.Value?.ToString());
        }
    }
}
