using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>The model services of the workspace.</summary>
internal sealed class ModelServiceStore(DatabricksEmulatorOptions options, EndpointStore workspace)
{
    private readonly ConcurrentDictionary<string, ModelService> _services = new(StringComparer.Ordinal);

    public DestinationReader Destinations { get; } = new(workspace);

    public IReadOnlyList<ModelService> All => [.. _services.Values.OrderBy(service => service.Name, StringComparer.Ordinal)];

    public ModelService? Find(string? name) => name is null ? null : _services.GetValueOrDefault(name)
        ?? (options.Quirks.GatewayAcceptsShortNames && !name.Contains('.', StringComparison.Ordinal)
            ? _services.GetValueOrDefault($"system.ai.{name}")
            : null);

    /// <summary>Creates a service without adding it, so that a rejected request has no effect.</summary>
    public ModelService Make(string name, JsonObject config, string? comment = null, string? owner = null, string? creator = null)
    {
        var now = options.TimeProvider.GetUtcNow();
        var (served, fallbacks) = Destinations.Read(config);
        var state = new ModelServiceState
        {
            Config = config,
            Fallbacks = fallbacks,
            Comment = comment,
            Owner = owner,
            CreatedAt = now,
            CreatedBy = creator,
            UpdatedAt = now,
            UpdatedBy = creator,
        };
        return new ModelService(name, workspace.Make(name, served), state);
    }

    public bool TryAdd(ModelService service) => _services.TryAdd(service.Name, service);

    public void Replace(ModelService service) => _services[service.Name] = service;

    public bool Remove(ModelService service) => _services.TryRemove(KeyValuePair.Create(service.Name, service));

    /// <summary>The services of <c>system.ai</c> that every workspace with Unity Gateway has.</summary>
    public void AddSystemServices()
    {
        foreach (var facts in GatewayModels.Hosted)
        {
            AddSystemService(facts.Service!, facts.Registered!);
        }

        foreach (var facts in EmbeddingTable.All)
        {
            AddSystemService(facts.Service!, facts.Registered!);
        }
    }

    /// <summary>A service of one pay-per-token model, with EXECUTE for all users.</summary>
    public ModelService AddSystemService(string name, string registered)
    {
        var service = Make(name, DestinationReader.PayPerToken(registered));
        service.Grants.Add(ExecuteGrants.Everyone, "EXECUTE");
        Replace(service);
        return service;
    }
}
