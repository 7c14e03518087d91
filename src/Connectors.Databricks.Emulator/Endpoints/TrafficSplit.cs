namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>
/// Selects routes by smooth weighted round-robin: each request adds its percentage to the balance of every route, and the route with the
/// highest balance is selected. Any hundred consecutive requests are split exactly, in the same order in every run.
/// </summary>
internal sealed class TrafficSplit
{
    private readonly Dictionary<string, int> _owed = [];

    public string? Next(IReadOnlyList<TrafficRoute> routes)
    {
        string? chosen = null;
        foreach (var route in routes.Where(route => route.Percentage > 0))
        {
            var owed = _owed[route.EntityName] = _owed.GetValueOrDefault(route.EntityName) + route.Percentage;
            chosen = chosen is null || owed > _owed[chosen] ? route.EntityName : chosen;
        }

        if (chosen is not null)
        {
            _owed[chosen] -= routes.Sum(route => route.Percentage);
        }

        return chosen;
    }

    public void Restart() => _owed.Clear();
}
