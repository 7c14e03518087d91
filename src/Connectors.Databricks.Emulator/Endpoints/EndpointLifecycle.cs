using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>The lifecycle of an endpoint: deployments, updates, stops and cold starts. Thread-safe.</summary>
internal sealed class EndpointLifecycle(
    string name, DatabricksEmulatorOptions options, ServingHistory record, EndpointState state, EndpointSettings settings)
{
    // Both texts were seen on the service (unnamed public capture).
    private const string Creating = "Creating resources for served entity.";
    private const string ScaledToZero = "Scaled to zero";

    private readonly Lock _lock = new();
    private readonly TrafficSplit _split = new();
    private readonly ColdStart _cold = new(options);
    private EndpointState _state = state;
    private EndpointSettings _settings = settings;
    private Outcome? _plannedOutcome;
    private int? _reads;
    private int _readsLeft;
    private int _lastVersion = Math.Max(state.Active?.Version ?? 0, state.Pending?.Version ?? 0);

    private sealed record Outcome(string ConfigUpdate, string Deployment, string Message);

    public EndpointState State
    {
        get
        {
            lock (_lock)
            {
                return CurrentState();
            }
        }
    }

    public EndpointSettings Settings
    {
        get
        {
            lock (_lock)
            {
                return _settings;
            }
        }
    }

    /// <summary>The model of the first served entity; null when there is none.</summary>
    public ServedModel? Model => State.Shown?.Entities is [ServedEntity first, ..] ? first.Model : null;

    /// <summary>Counts a GET of the endpoint, which can complete a deployment, and returns the state after it.</summary>
    public EndpointState Read()
    {
        lock (_lock)
        {
            if (_state.IsUpdating && _readsLeft-- <= 0)
            {
                CompleteDeployment();
            }

            return CurrentState();
        }
    }

    /// <summary>Starts the deployment of a configuration; the active one keeps serving.</summary>
    /// <param name="read">Creates the configuration from the current state and the version number.</param>
    /// <param name="atOnce">Whether the deployment completes immediately.</param>
    /// <exception cref="ApiErrorException">An update is in progress, or the configuration is rejected.</exception>
    public EndpointState Deploy(Func<EndpointState, int, EndpointConfig> read, bool atOnce = false)
    {
        lock (_lock)
        {
            RefuseWhileUpdating("updating its configuration");
            Begin(read(_state, _lastVersion + 1));
            if (atOnce)
            {
                CompleteDeployment();
            }

            return CurrentState();
        }
    }

    public EndpointState Stop(bool isOrder)
    {
        lock (_lock)
        {
            if (!isOrder)
            {
                RefuseWhileUpdating("stopping it");
                if (_state.IsStopped || _state.Active is null)
                {
                    throw ApiErrorException.WrongState($"Endpoint {name} is not running.");
                }
            }

            _state = _state with { IsStopped = true, ConfigUpdate = ConfigUpdates.None, Active = _state.Shown, Pending = null };
            return Updated();
        }
    }

    public EndpointState Start()
    {
        lock (_lock)
        {
            RefuseWhileUpdating("starting it");
            if (!_state.IsStopped)
            {
                throw ApiErrorException.WrongState($"Endpoint {name} is not stopped.");
            }

            // A new version with the same properties [okf:manage-model-serving-endpoints].
            var again = _state.Active! with { Version = _lastVersion + 1 };
            _state = _state with { Active = null, IsStopped = false };
            Begin(again);
            return CurrentState();
        }
    }

    public EndpointState Change(Func<EndpointState, EndpointSettings, EndpointSettings> change, bool waitsForUpdates = false)
    {
        lock (_lock)
        {
            if (waitsForUpdates)
            {
                RefuseWhileUpdating("updating its telemetry configuration");
            }

            _settings = change(_state, _settings);
            return Updated();
        }
    }

    public void Retire()
    {
        lock (_lock)
        {
            _state = _state with { IsRetired = true };
        }
    }

    public void SetReadsToDeploy(int reads)
    {
        lock (_lock)
        {
            (_reads, _readsLeft) = (reads, reads);
        }
    }

    /// <summary>Restarts the first deployment.</summary>
    public void Redeploy()
    {
        lock (_lock)
        {
            var again = _state.Shown;
            _state = _state with { Active = null, Pending = null, IsStopped = false };
            if (again is not null)
            {
                Begin(again);
            }
        }
    }

    /// <summary>Sets the outcome of the current deployment, or of the next one.</summary>
    public void PlanOutcome(string configUpdate, string deployment, string message)
    {
        lock (_lock)
        {
            _plannedOutcome = new Outcome(configUpdate, deployment, message);
        }
    }

    public void ScaleToZero(TimeSpan? coldStart)
    {
        lock (_lock)
        {
            _cold.ScaleToZero(coldStart);
        }
    }

    /// <summary>Admits a request: selects its served entity and the delay of a cold start.</summary>
    /// <param name="entityName">The requested served entity; null uses the traffic split.</param>
    /// <returns>No entity when nothing of that name is served.</returns>
    public (ServedEntity? Entity, TimeSpan Wait) Admit(string? entityName)
    {
        lock (_lock)
        {
            var active = _state.Active!;
            var chosen = entityName ?? _split.Next(active.Routes);
            ServedEntity? entity = active.Entities.FirstOrDefault(entity => entity.Name == chosen);
            return (entity, entity is null ? TimeSpan.Zero : _cold.Use(active));
        }
    }

    /// <summary>An endpoint that is scaled to zero is ready (§9.6); only the message differs.</summary>
    private EndpointState CurrentState() => _state.IsReady && _cold.IsCold(_state.Active!)
        ? _state with { Active = _state.Active!.With(entity => entity with { Message = ScaledToZero }) }
        : _state;

    private void RefuseWhileUpdating(string before)
    {
        if (_state.IsUpdating)
        {
            throw ApiErrorException.Updating(name, before);
        }
    }

    private void Begin(EndpointConfig config)
    {
        _lastVersion = config.Version;
        _readsLeft = _reads ?? options.Management.ReadsToDeploy;
        var active = _state.Active;
        _state = _state with
        {
            ConfigUpdate = ConfigUpdates.InProgress,
            Pending = config.With(entity => active?.Entities.FirstOrDefault(entity.IsSameAs) is ServedEntity kept
                ? kept
                : entity with { Deployment = Deployments.Creating, Message = Creating }) with { StartedAt = Now },
        };
        foreach (var entity in _state.Pending.Entities.Where(entity => entity.Deployment == Deployments.Creating))
        {
            record.AddBuildLine(entity.Name, $"Building a container for {entity.EntityName} version {entity.EntityVersion}");
        }

        Updated();
    }

    private void CompleteDeployment()
    {
        var pending = _state.Pending!;
        var created = pending.Entities.Where(entity => entity.Deployment == Deployments.Creating).Select(entity => entity.Name).ToHashSet();
        if (_plannedOutcome is Outcome planned)
        {
            _plannedOutcome = null;
            _state = _state with
            {
                ConfigUpdate = planned.ConfigUpdate,
                Pending = pending.With(entity => entity.Deployment == Deployments.Creating
                    ? entity with { Deployment = planned.Deployment, Message = planned.Message }
                    : entity),
            };
        }
        else if (pending.Entities.Any(entity => entity.Flaw is not null))
        {
            // A failed configuration stays visible as the pending one (unnamed public capture).
            _state = _state with
            {
                ConfigUpdate = ConfigUpdates.Failed,
                Pending = pending.With(entity => entity.Flaw is string flaw
                    ? entity with { Deployment = Deployments.Failed, Message = flaw }
                    : entity with { Deployment = Deployments.Ready, Message = "" }),
            };
        }
        else
        {
            var active = pending.With(entity => entity with { Deployment = Deployments.Ready, Message = "" });
            _state = _state with { ConfigUpdate = ConfigUpdates.None, Active = active, Pending = null, IsStopped = false };
            _split.Restart();
            _cold.Warm();
        }

        foreach (var entity in _state.Shown!.Entities.Concat(_state.Pending?.Entities ?? []).Where(
            entity => created.Remove(entity.Name)))
        {
            record.AddBuildLine(
                entity.Name, entity.Message.Length > 0 ? $"Deployment ended: {entity.Message}" : "The container is deployed");
        }
    }

    private EndpointState Updated()
    {
        _state = _state with { LastUpdatedAt = Now };
        return CurrentState();
    }

    private long Now => options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
}
