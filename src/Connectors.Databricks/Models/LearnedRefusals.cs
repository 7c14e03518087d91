using System.Collections.Concurrent;

namespace Connectors.Databricks.Models;

/// <summary>Remembers which body fields an endpoint has refused, so that one refusal is met once and not on every call.</summary>
internal sealed class LearnedRefusals
{
    public const string StreamOptions = "stream_options";

    private readonly ConcurrentDictionary<(string Endpoint, string Field), bool> _refused = new();

    public bool Refuses(string endpointName, string field) => _refused.ContainsKey((endpointName, field));

    /// <summary>Learns from a 400 that names the field; returns whether it did.</summary>
    /// <param name="endpointName">The endpoint that answered.</param>
    /// <param name="field">A field that was sent.</param>
    /// <param name="serviceMessage">
    /// The service's words. They differ by backend, but each names the field: <c>json: unknown field "stream_options"</c>,
    /// <c>Unknown name "stream_options" at …</c>, <c>stream_options: Extra inputs are not permitted</c> (serving reference §3.6).
    /// </param>
    public bool LearnFrom(string endpointName, string field, string? serviceMessage)
    {
        if (serviceMessage is null || !serviceMessage.Contains(field, StringComparison.Ordinal))
        {
            return false;
        }

        _refused[(endpointName, field)] = true;
        return true;
    }
}
