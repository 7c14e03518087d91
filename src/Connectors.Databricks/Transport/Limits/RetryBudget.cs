namespace Connectors.Databricks.Transport.Limits;

/// <summary>How many retries all calls together may make in a minute: when a service is down, retries must not double its load.</summary>
internal sealed class RetryBudget(int perMinute, TimeProvider clock)
{
    private readonly object _lock = new();
    private readonly RateBucket _bucket = new(perMinute / 60.0, perMinute, clock);

    public bool TryTake()
    {
        lock (_lock)
        {
            return _bucket.TryTake();
        }
    }
}
