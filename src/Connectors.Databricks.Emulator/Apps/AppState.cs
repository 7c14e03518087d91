namespace Connectors.Databricks.Emulator.Apps;

/// <summary>The settings of one app, which tests change while it runs.</summary>
internal sealed class AppState(string name, EmulatedAgentServer server)
{
    private readonly Lock _lock = new();
    private readonly Queue<AppScript> _scripts = [];
    private readonly List<AppRun> _runs = [];

    public string Name => name;

    public EmulatedAgentServer Server => server;

    public EventGate Gate { get; } = new();

    /// <summary>The pause before each event of a run, on the clock of the emulator.</summary>
    public TimeSpan EventInterval { get; set; }

    /// <summary>How many events before the requested one a replay starts.</summary>
    public int Overlap { get; set; }

    public bool HasDatabase { get; set; } = true;

    public bool RequiresLogin { get; set; }

    public bool DeniesUse { get; set; }

    /// <summary>Whether the session may be in the body, as older servers expect it.</summary>
    public bool TakesSessionFromBody { get; set; }

    public IReadOnlyList<AppRun> Runs
    {
        get
        {
            lock (_lock)
            {
                return [.. _runs];
            }
        }
    }

    public void Queue(AppScript script)
    {
        lock (_lock)
        {
            _scripts.Enqueue(script);
        }
    }

    public AppScript NextScript()
    {
        lock (_lock)
        {
            return _scripts.TryDequeue(out var script) ? script : new AppScript();
        }
    }

    public AppRun? Find(string id)
    {
        lock (_lock)
        {
            return _runs.Find(run => run.Id == id);
        }
    }

    /// <summary>Adds a run unless one of its id exists; both are returned in one step, because clients may repeat a request.</summary>
    public AppRun GetOrAdd(AppRun run, out bool isNew)
    {
        lock (_lock)
        {
            var known = _runs.Find(other => other.Id == run.Id);
            isNew = known is null;
            if (isNew)
            {
                _runs.Add(run);
            }

            return known ?? run;
        }
    }

    /// <summary>The completed runs of a session before a new one.</summary>
    public IReadOnlyList<AppRun> CompletedBefore(AppRun run)
    {
        lock (_lock)
        {
            return
            [
                .. _runs.TakeWhile(other => other != run)
                    .Where(other => other.SessionId == run.SessionId && other.Status == "completed"),
            ];
        }
    }

    /// <summary>The last unfinished run of a session before a new one: a session runs one at a time.</summary>
    public AppRun? Predecessor(AppRun run)
    {
        lock (_lock)
        {
            return _runs.TakeWhile(other => other != run).LastOrDefault(other => other.SessionId == run.SessionId && !other.IsFinished);
        }
    }
}
