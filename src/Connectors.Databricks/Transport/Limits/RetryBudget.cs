namespace Connectors.Databricks.Transport.Limits;

/// <summary>How many retries all calls together may make in a minute: when a service is down, retries must not double its load.</summary>
internal sealed class RetryBudget(int perMinute, TimeProvider clock)
{
    private readonly object _lock = new();
    private double _left = perMinute;
    private long _filled = clock.GetTimestamp();

    public bool TryTake()
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            _left = Math.Min(perMinute, _left + (clock.GetElapsedTime(_filled, now).TotalMinutes * perMinute));
            _filled = now;
            if (_left < 1 - 1e-6)
            {
                return false;
            }

            _left = Math.Max(0, _left - 1);
            return true;
        }
    }
}
