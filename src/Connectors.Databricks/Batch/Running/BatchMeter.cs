using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Batch.Running;

/// <summary>Counts results and tokens, and measures the rate over the last 30 seconds. Thread-safe.</summary>
internal sealed class BatchMeter(long? total, TimeProvider timeProvider)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly object _lock = new();
    private readonly long _started = timeProvider.GetTimestamp();
    private readonly Queue<(long Time, long Sent)> _samples = new();
    private readonly UsageDetails _usage = new();
    private long _completed;
    private long _failed;
    private long _fromCheckpoint;

    public void Add(bool isSuccess, bool isFromCheckpoint, UsageDetails? usage)
    {
        lock (_lock)
        {
            _completed++;
            _failed += isSuccess ? 0 : 1;
            _fromCheckpoint += isFromCheckpoint ? 1 : 0;
            if (usage is not null)
            {
                _usage.Add(usage);
            }
        }
    }

    public DatabricksBatchProgress Read()
    {
        lock (_lock)
        {
            var now = timeProvider.GetTimestamp();
            var rate = Rate(now, _completed - _fromCheckpoint);
            var usage = new UsageDetails();
            usage.Add(_usage);
            return new DatabricksBatchProgress
            {
                Completed = _completed,
                Failed = _failed,
                FromCheckpoint = _fromCheckpoint,
                Total = total,
                Elapsed = timeProvider.GetElapsedTime(_started, now),
                RequestsPerSecond = rate,
                EstimatedTimeRemaining = Remaining(rate),
                Usage = usage,
            };
        }
    }

    // The first sample is the start, until it is older than the window.
    private double Rate(long now, long sent)
    {
        if (_samples.Count == 0)
        {
            _samples.Enqueue((_started, 0));
        }

        while (_samples.Count > 1 && timeProvider.GetElapsedTime(_samples.Peek().Time, now) > Window)
        {
            _samples.Dequeue();
        }

        var (time, before) = _samples.Peek();
        _samples.Enqueue((now, sent));
        var seconds = timeProvider.GetElapsedTime(time, now).TotalSeconds;
        return seconds > 0 ? (sent - before) / seconds : 0;
    }

    private TimeSpan? Remaining(double rate)
    {
        if (total - _completed is not { } rest)
        {
            return null;
        }

        return rest <= 0 ? TimeSpan.Zero
            : rate > 0 && rest / rate is var seconds && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds)
            : null;
    }
}
