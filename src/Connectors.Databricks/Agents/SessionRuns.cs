namespace Connectors.Databricks.Agents;

/// <summary>
/// The sessions of one client that have a run in progress, for servers that do not queue the runs of a session: two at the same time would
/// write one conversation.
/// </summary>
internal sealed class SessionRuns
{
    /// <summary>Sessions come from callers, and runs that are never read stay: then one in the background is evicted.</summary>
    private const int MaxSessions = 1000;

    private readonly object _lock = new();
    private readonly Dictionary<string, string?> _runs = new(StringComparer.Ordinal);

    /// <summary>Makes a session busy.</summary>
    /// <param name="session">The session; null for none, which is never busy.</param>
    /// <param name="runId">When it is busy, the id of the run in the background; null for one in the foreground.</param>
    /// <returns>Whether the session was free.</returns>
    public bool TryBegin(string? session, out string? runId)
    {
        runId = null;
        if (session is null)
        {
            return true;
        }

        lock (_lock)
        {
            if (_runs.TryGetValue(session, out runId))
            {
                return false;
            }

            _runs[session] = null;
            EvictOne();
            return true;
        }
    }

    /// <summary>
    /// Makes a session busy with a run that another client, or another process, has started. One that is busy stays as it is.
    /// </summary>
    public void Continued(string? session, string runId)
    {
        lock (_lock)
        {
            if (session is not null && _runs.TryAdd(session, runId))
            {
                EvictOne();
            }
        }
    }

    private void EvictOne()
    {
        if (_runs.Count > MaxSessions && _runs.FirstOrDefault(static run => run.Value is not null).Key is { } evicted)
        {
            _runs.Remove(evicted);
        }
    }

    /// <summary>Stores the id of a run in the background, by which its end is found out.</summary>
    public void Started(string? session, string runId)
    {
        lock (_lock)
        {
            if (session is not null && _runs.ContainsKey(session))
            {
                _runs[session] = runId;
            }
        }
    }

    /// <summary>Makes a session free, if the run in progress is this one.</summary>
    /// <param name="session">The session; null for none.</param>
    /// <param name="runId">The run in the background; null for one in the foreground.</param>
    public void End(string? session, string? runId = null)
    {
        lock (_lock)
        {
            if (session is not null && _runs.TryGetValue(session, out var known) && known == runId)
            {
                _runs.Remove(session);
            }
        }
    }

    /// <summary>Makes a session free when the result is disposed.</summary>
    public IDisposable Hold(string? session) => new Holder(this, session);

    private sealed class Holder(SessionRuns sessions, string? session) : IDisposable
    {
        public void Dispose() => sessions.End(session);
    }
}
