using System.Collections.Concurrent;

namespace Connectors.Databricks.Transport.Limits;

/// <summary>
/// One of something for each endpoint that is called. A name comes with each call, and may come from a stranger: when there are many, those
/// that rest are forgotten, and begin anew when they are called again.
/// </summary>
/// <param name="make">Makes the one for a name.</param>
/// <param name="isAtRest">Whether one may be forgotten: nobody waits for it, and it knows nothing that matters now.</param>
internal sealed class PerEndpoint<T>(Func<string, T> make, Func<T, bool> isAtRest)
    where T : class
{
    internal const int Many = 1000;

    private readonly ConcurrentDictionary<string, T> _all = new(StringComparer.Ordinal);

    public T For(string endpointName)
    {
        if (_all.TryGetValue(endpointName, out var known))
        {
            return known;
        }

        if (_all.Count >= Many)
        {
            ForgetThoseAtRest();
        }

        // Of several made at once one is kept, and all get that one.
        return _all.GetOrAdd(endpointName, make);
    }

    // Somebody may have taken one in this moment, and another then gets a new one: for one call there are two.
    private void ForgetThoseAtRest()
    {
        foreach (var entry in _all)
        {
            if (isAtRest(entry.Value))
            {
                _all.TryRemove(entry);
            }
        }
    }
}
