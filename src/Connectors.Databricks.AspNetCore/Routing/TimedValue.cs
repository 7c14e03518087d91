using System.Diagnostics.CodeAnalysis;

namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>A value that is read when it is older than its lifetime. Concurrent callers share a read; a failure is not kept.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore whose wait handle is never used holds no resources.")]
internal sealed class TimedValue<T>
    where T : class
{
    private readonly SemaphoreSlim _reading = new(1);
    private Kept? _kept;

    /// <param name="clock">The clock.</param>
    /// <param name="read">Reads the value, and returns how long it is kept.</param>
    /// <param name="cancellationToken">Cancels this caller; another one that waits then reads.</param>
    public async Task<T> GetAsync(
        TimeProvider clock, Func<CancellationToken, Task<(T Value, TimeSpan Lifetime)>> read, CancellationToken cancellationToken)
    {
        if (Fresh(clock) is { } cached)
        {
            return cached;
        }

        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Fresh(clock) is { } shared)
            {
                return shared;
            }

            var (value, lifetime) = await read(cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _kept, new Kept(value, clock.GetTimestamp(), lifetime));
            return value;
        }
        finally
        {
            _reading.Release();
        }
    }

    private T? Fresh(TimeProvider clock) =>
        Volatile.Read(ref _kept) is { } kept && clock.GetElapsedTime(kept.ReadAt) < kept.Lifetime ? kept.Value : null;

    private sealed record Kept(T Value, long ReadAt, TimeSpan Lifetime);
}
