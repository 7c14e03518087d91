using System.Collections.Concurrent;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>The endpoints and registered models.</summary>
internal sealed class EndpointStore(DatabricksEmulatorOptions options, EmulatorAddresses addresses)
{
    /// <summary>The creator of the endpoints and owner of the personal access token.</summary>
    public const string User = "emulator@example.com";

    private int _number;

    public ConcurrentDictionary<string, ServingEndpoint> Endpoints { get; } = new(StringComparer.Ordinal);

    public ModelRegistry Models { get; } = new();

    public ServingEndpoint? FindById(string id) => Endpoints.Values.FirstOrDefault(endpoint => endpoint.Id == id);

    /// <summary>Creates an endpoint with an active configuration, or without one, and does not add it to <see cref="Endpoints"/>.</summary>
    public ServingEndpoint Make(string name, EndpointConfig? active, EndpointSettings? settings = null)
    {
        var now = options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        var number = Interlocked.Increment(ref _number);
        var state = new EndpointState
        {
            Active = active?.With(entity => entity with { CreatedAt = now }),
            CreatedAt = now,
            LastUpdatedAt = now,
        };

        // The creator has CAN_MANAGE.
        settings = (settings ?? new EndpointSettings()) with { Access = [new AccessRule("user_name", User, "CAN_MANAGE")] };
        var record = new ServingHistory(options.TimeProvider);
        var life = new EndpointLifecycle(name, options, record, state, settings);
        return new ServingEndpoint(options, addresses, name, new RequestIds(-number).Hex(0), life, record);
    }
}
