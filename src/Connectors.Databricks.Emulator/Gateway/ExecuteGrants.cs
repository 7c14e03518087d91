using Connectors.Databricks.Emulator.Endpoints;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>Who may call a model service. Thread-safe.</summary>
internal sealed class ExecuteGrants
{
    /// <summary>All users: this group has EXECUTE on <c>system.ai</c> by default [docs:govern-model-services].</summary>
    public const string Everyone = Caller.Everyone;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, SortedSet<string>> _privileges = new(StringComparer.Ordinal);

    public IReadOnlyList<(string Principal, IReadOnlyList<string> Privileges)> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _privileges.Select(pair => (pair.Key, (IReadOnlyList<string>)[.. pair.Value]))];
            }
        }
    }

    public void Add(string principal, string privilege)
    {
        lock (_lock)
        {
            if (!_privileges.TryGetValue(principal, out var privileges))
            {
                _privileges[principal] = privileges = new(StringComparer.Ordinal);
            }

            privileges.Add(privilege);
        }
    }

    public void Remove(string principal, string privilege)
    {
        lock (_lock)
        {
            if (_privileges.TryGetValue(principal, out var privileges) && privileges.Remove(privilege) && privileges.Count == 0)
            {
                _privileges.Remove(principal);
            }
        }
    }

    public bool Allows(Caller caller, string privilege = "EXECUTE") => All.Any(grant =>
        caller.Is(grant.Principal)
        && (grant.Privileges.Contains(privilege) || grant.Privileges.Contains("ALL_PRIVILEGES")));
}
