namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>
/// Shares requests out among routes. Every route gains its percentage with each request, and the one that is owed most answers: the
/// smooth weighted round-robin. So a hundred requests in a row are split exactly, and the same sequence comes in every run.
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
