using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>One version of what a model service is. The documents are never changed once it is made.</summary>
internal sealed record ModelServiceState
{
    public required JsonObject Config { get; init; }

    /// <summary>The destinations that are tried in order when the one selected by traffic fails.</summary>
    public IReadOnlyList<ServedEntity> Fallbacks { get; init; } = [];

    public string? Comment { get; init; }

    public string? Owner { get; init; }

    public int Version { get; init; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public string? UpdatedBy { get; init; }
}

/// <summary>A model service of Unity Catalog. <see cref="EmulatedModelService"/> is its public API. Thread-safe.</summary>
/// <param name="name">The three-part name.</param>
/// <param name="endpoint">The endpoint that responds to requests; it is not listed among the serving endpoints.</param>
/// <param name="state">The first state.</param>
internal sealed class ModelService(string name, ServingEndpoint endpoint, ModelServiceState state)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, int> _broken = new(StringComparer.Ordinal);
    private ModelServiceState _state = state;

    public string Name => name;

    public string Schema => name[..name.LastIndexOf('.')];

    public ServingEndpoint Endpoint => endpoint;

    public ExecuteGrants Grants { get; } = new();

    /// <summary>Whether the service is part of <c>system.ai</c>, which Databricks owns.</summary>
    public bool IsSystem => name.StartsWith("system.", StringComparison.Ordinal);

    /// <summary>Base64, as documented [docs:api/workspace/aigateway], with each character that a URL must escape.</summary>
    public string Etag => EtagOf(State.Version);

    public ModelServiceState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>Whether lists and GETs show the service to a caller.</summary>
    public bool IsVisibleTo(Caller caller) => caller.Is(State.Owner) || Grants.All.Any(grant => caller.Is(grant.Principal));

    /// <summary>
    /// Selects the destination: the one that traffic selected, or the first fallback that is available. Fallbacks are tried in order
    /// [go], after a 429 or a server error [docs:aws/en/ai-gateway/configure-traffic-splitting]. Unconfirmed: the texts, and that a
    /// destination whose endpoint is missing or not ready leads to a fallback.
    /// </summary>
    public (ServedEntity? Destination, BodyResponse? Refusal) Route(ServedEntity selected, DestinationReader destinations)
    {
        BodyResponse? first = null;
        foreach (var candidate in State.Fallbacks.Prepend(selected))
        {
            var refusal = _broken.TryGetValue(candidate.Name, out var status)
                ? ServerResponse.Error(
                    status,
                    status == 429 ? "REQUEST_LIMIT_EXCEEDED" : "TEMPORARILY_UNAVAILABLE",
                    $"Destination '{candidate.Name}' of model service '{name}' is unavailable.")
                : destinations.Flaw(candidate) is string flaw
                    ? ServerResponse.Error(400, "FAILED_PRECONDITION", flaw)
                    : null;
            if (refusal is null)
            {
                return (candidate, null);
            }

            first ??= refusal;
            if (refusal.Status is not (429 or >= 500) && _broken.ContainsKey(candidate.Name))
            {
                break;
            }
        }

        return (null, first);
    }

    public void Break(string destination, int status) => _broken[destination] = status;

    public void Repair(string destination) => _broken.TryRemove(destination, out _);

    /// <summary>Replaces the state, unless the caller's etag is not that of the current one.</summary>
    /// <returns>Whether the state was replaced.</returns>
    public bool TryChange(string? etag, Func<ModelServiceState, ModelServiceState> change)
    {
        lock (_lock)
        {
            if (etag is not null && etag != EtagOf(_state.Version))
            {
                return false;
            }

            _state = change(_state) with { Version = _state.Version + 1 };
            return true;
        }
    }

    private static string EtagOf(int version) => Convert.ToBase64String([0xFB, 0xFF, (byte)(version >> 8), (byte)version]);
}
