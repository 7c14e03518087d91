namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>The groups of the workspace. Thread-safe.</summary>
internal sealed class GroupStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<string>> _members = new(StringComparer.Ordinal);

    public void Add(string group, IEnumerable<string> members)
    {
        lock (_lock)
        {
            if (!_members.TryGetValue(group, out var known))
            {
                _members[group] = known = new(StringComparer.Ordinal);
            }

            known.UnionWith(members);
        }
    }

    public Caller CallerNamed(string name)
    {
        lock (_lock)
        {
            return new Caller(
                name, [Caller.Everyone, .. _members.Where(group => group.Value.Contains(name)).Select(group => group.Key)]);
        }
    }
}
