using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Surfaces;

namespace Connectors.Databricks.Chat;

/// <summary>Which APIs of names the workspace rejected; all chat clients of a workspace share it.</summary>
/// <param name="timeProvider">The clock of the client.</param>
internal sealed class LearnedApis(TimeProvider timeProvider)
{
    /// <summary>One hour, as for routes: an API that becomes available is used then.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ExpiringCache<LearnedApi> _learned = new(timeProvider);

    public LearnedApi? Find(string endpointName) => _learned.Find(endpointName);

    /// <summary>Adds a rejected API to those that are known.</summary>
    /// <param name="endpointName">The endpoint, as the caller wrote it.</param>
    /// <param name="api">The rejected API.</param>
    /// <param name="isAgent">Whether the rejection shows that the endpoint is an agent.</param>
    /// <param name="reason">What the service reported.</param>
    public LearnedApi Add(string endpointName, ChatApi api, bool isAgent, string reason)
    {
        var known = Find(endpointName);
        var learned = new LearnedApi((known?.Rejected ?? 0) | LearnedApi.Bit(api), isAgent || known?.IsAgent is true, reason);
        _learned.Add(endpointName, learned, Lifetime);
        return learned;
    }

    /// <summary>Removes what is known of one endpoint, or of all.</summary>
    public void Clear(string? endpointName)
    {
        if (endpointName is null)
        {
            _learned.Clear();
        }
        else
        {
            _learned.Remove(endpointName, static _ => true);
        }
    }
}
