namespace Connectors.Databricks.Transport.Limits;

/// <summary>A bucket of tokens that fills at a rate, up to so many.</summary>
internal sealed class RateBucket
{
    private readonly double _perSecond;
    private readonly double _most;
    private readonly TimeProvider _clock;
    private double _tokens;
    private long _filled;

    public RateBucket(double perSecond, double most, TimeProvider clock)
    {
        _perSecond = perSecond;
        _clock = clock;
        _tokens = _most = most;
        _filled = clock.GetTimestamp();
    }

    public bool TryTake()
    {
        Fill();

        // A hair less than one is one: sums of fractions fall short.
        if (_tokens < 1 - 1e-6)
        {
            return false;
        }

        _tokens = Math.Max(0, _tokens - 1);
        return true;
    }

    public bool IsFull
    {
        get
        {
            Fill();
            return _tokens >= _most;
        }
    }

    /// <summary>The wait for the next token from now on, to the millisecond that timers count in.</summary>
    public TimeSpan UntilNext()
    {
        Fill();
        return TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((1 - _tokens) / _perSecond * 1000)));
    }

    private void Fill()
    {
        var now = _clock.GetTimestamp();
        _tokens = Math.Min(_most, _tokens + (_clock.GetElapsedTime(_filled, now).TotalSeconds * _perSecond));
        _filled = now;
    }
}
