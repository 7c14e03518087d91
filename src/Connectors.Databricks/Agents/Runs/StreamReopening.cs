namespace Connectors.Databricks.Agents.Runs;

/// <summary>
/// When the stream of a run is opened again after it broke: at once after an event or after a long wait, which is how the proxy of
/// Databricks Apps ends a stream; otherwise after a delay that grows, and not for ever.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class StreamReopening(TimeProvider clock)
{
    /// <summary>Breaks in a row without an event; with the delays between them, half a minute.</summary>
    private const int MaxBreaks = 6;

    /// <summary>A stream that was open this long was ended by a proxy, and not refused.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(60);

    /// <summary>Twice the time limit of a server with default settings.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromHours(2);

    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(16);

    private long _lastEvent = clock.GetTimestamp();
    private long _opened = clock.GetTimestamp();
    private int _breaks;

    public void Opened() => _opened = clock.GetTimestamp();

    public void SawEvent() => (_breaks, _lastEvent) = (0, clock.GetTimestamp());

    /// <summary>The delay before the stream is opened again; null when it is not.</summary>
    public TimeSpan? NextDelay()
    {
        if (clock.GetElapsedTime(_lastEvent) >= LongestSilence)
        {
            return null;
        }

        if (clock.GetElapsedTime(_opened) >= LongWait)
        {
            _breaks = 0;
        }

        return ++_breaks > MaxBreaks ? null :
            _breaks == 1 ? TimeSpan.Zero :
            TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _breaks - 2), MaxDelay.TotalSeconds));
    }
}
