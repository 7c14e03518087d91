namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>Scale-to-zero state of an endpoint, and the delay of the next request. Not thread-safe.</summary>
internal sealed class ColdStart(DatabricksEmulatorOptions options)
{
    private bool _isCold;
    private TimeSpan _duration;
    private DateTimeOffset? _warmAt;
    private DateTimeOffset _lastUsed = options.TimeProvider.GetUtcNow();

    public void ScaleToZero(TimeSpan? duration) => (_isCold, _duration, _warmAt) = (true, duration ?? options.Management.ColdStart, null);

    public void Warm() => (_isCold, _warmAt, _lastUsed) = (false, null, options.TimeProvider.GetUtcNow());

    public bool IsCold(EndpointConfig active)
    {
        var now = options.TimeProvider.GetUtcNow();
        if (_isCold && _warmAt is DateTimeOffset warmAt && warmAt <= now)
        {
            (_isCold, _warmAt, _lastUsed) = (false, null, warmAt);
        }

        return _isCold || (options.Management.ScaleToZeroAfter is TimeSpan idle && now - _lastUsed >= idle
            && active.Entities.Count > 0 && active.Entities.All(entity => entity.ScalesToZero));
    }

    /// <summary>The first request starts the compute; later ones wait for the remaining time.</summary>
    public TimeSpan Use(EndpointConfig active)
    {
        var now = options.TimeProvider.GetUtcNow();
        var wait = TimeSpan.Zero;
        if (IsCold(active))
        {
            (_isCold, _duration) = (true, _isCold ? _duration : options.Management.ColdStart);
            _warmAt ??= now + _duration;
            wait = _warmAt.Value - now;
        }

        _lastUsed = now;
        return wait;
    }
}
