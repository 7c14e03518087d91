namespace Connectors.Databricks.Transport.Resilience;

/// <summary>The retry budget: a token bucket of retries per minute that all calls of a client share.</summary>
internal sealed class RetryBudget(int perMinute, TimeProvider timeProvider)
{
    private readonly object _lock = new();
    private readonly TokenBucket _bucket = new(perMinute / 60.0, perMinute, timeProvider);

    public int PerMinute => perMinute;

    public bool TryTake()
    {
        lock (_lock)
        {
            return _bucket.TryTake();
        }
    }
}
