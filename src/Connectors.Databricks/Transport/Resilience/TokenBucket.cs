namespace Connectors.Databricks.Transport.Resilience;

/// <summary>A token bucket: refills at a rate, up to a capacity. Not thread-safe.</summary>
internal sealed class TokenBucket
{
    private readonly double _tokensPerSecond;
    private readonly double _capacity;
    private readonly TimeProvider _timeProvider;
    private double _tokens;
    private long _refilledAt;

    public TokenBucket(double tokensPerSecond, double capacity, TimeProvider timeProvider)
    {
        _tokensPerSecond = tokensPerSecond;
        _timeProvider = timeProvider;
        _tokens = _capacity = capacity;
        _refilledAt = timeProvider.GetTimestamp();
    }

    public bool IsFull
    {
        get
        {
            Refill();
            return _tokens >= _capacity;
        }
    }

    public bool TryTake()
    {
        Refill();

        // Sums of fractions fall short of one by a rounding error.
        if (_tokens < 1 - 1e-6)
        {
            return false;
        }

        _tokens = Math.Max(0, _tokens - 1);
        return true;
    }

    /// <summary>The time until the next token, rounded up to the millisecond resolution of timers.</summary>
    public TimeSpan UntilNext()
    {
        Refill();
        return TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((1 - _tokens) / _tokensPerSecond * 1000)));
    }

    private void Refill()
    {
        var now = _timeProvider.GetTimestamp();
        _tokens = Math.Min(_capacity, _tokens + (_timeProvider.GetElapsedTime(_refilledAt, now).TotalSeconds * _tokensPerSecond));
        _refilledAt = now;
    }
}
