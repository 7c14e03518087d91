using System.Runtime.CompilerServices;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Gateway;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator;

public sealed partial class DatabricksEmulator
{
    private readonly ConditionalWeakTable<ModelService, EmulatedModelService> _publicServices = [];

    /// <summary>Gets all model services, ordered by name; none in a sovereign workspace.</summary>
    public IReadOnlyList<EmulatedModelService> ModelServices => [.. _services.All.Select(PublicService)];

    /// <summary>Gets a model service.</summary>
    /// <param name="name">The three-part name, such as <c>system.ai.claude-sonnet-4-5</c>.</param>
    /// <returns>The model service.</returns>
    /// <exception cref="KeyNotFoundException">There is no such model service; the message lists the existing ones.</exception>
    public EmulatedModelService ModelService(string name) =>
        _services.Find(name) is ModelService service ? PublicService(service) : throw new KeyNotFoundException(
            $"The emulator has no model service '{name}'. It has: {string.Join(", ", _services.All.Select(known => known.Name))}.");

    /// <summary>Adds a model service of one default model, with EXECUTE for all users.</summary>
    /// <param name="name">The three-part name; an existing service of this name is replaced.</param>
    /// <param name="model">The default endpoint whose model responds, such as <c>databricks-claude-sonnet-4-5</c>.</param>
    /// <returns>The model service.</returns>
    /// <exception cref="KeyNotFoundException">There is no such default model.</exception>
    public EmulatedModelService AddModelService(string name, string model)
    {
        CheckServiceName(name);
        var registered = EmbeddingTable.All.FirstOrDefault(facts => facts.Endpoint == model)?.Registered ?? Facts(model).Registered!;
        return PublicService(_services.AddSystemService(name, registered));
    }

    /// <summary>Adds a model service that routes to an endpoint with provisioned throughput, with EXECUTE for all users.</summary>
    /// <param name="name">The three-part name; an existing service of this name is replaced.</param>
    /// <param name="endpoint">The name of the endpoint.</param>
    /// <returns>The model service.</returns>
    public EmulatedModelService AddProvisionedModelService(string name, string endpoint)
    {
        CheckServiceName(name);
        var entity = _workspace.Endpoints.TryGetValue(endpoint, out var served) ? served.Life.State.Shown!.Entities[0].EntityName! : "";
        var service = _services.Make(name, DestinationReader.Provisioned(endpoint, entity), owner: EndpointStore.User);
        service.Grants.Add(ExecuteGrants.Everyone, "EXECUTE");
        _services.Replace(service);
        return PublicService(service);
    }

    /// <summary>Adds members to a group, for grants to it and for its rate limits. All callers are in <c>account users</c>.</summary>
    /// <param name="name">The name of the group, which is created if there is none.</param>
    /// <param name="members">Client ids of service principals; none adds the owner of the personal access token.</param>
    /// <returns>The same emulator, for chaining.</returns>
    public DatabricksEmulator AddGroup(string name, params IReadOnlyList<string> members)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(members);
        _groups.Add(name, members.Count > 0 ? members : [EndpointStore.User]);
        return this;
    }

    private void AddDefaultServices()
    {
        if (Workspace != EmulatedWorkspace.Sovereign)
        {
            _services.AddSystemServices();
        }
    }

    private EmulatedModelService PublicService(ModelService service) =>
        _publicServices.GetValue(service, state => new EmulatedModelService(PublicEndpoint(state.Endpoint), state));

    private static void CheckServiceName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Split('.') is not [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }])
        {
            throw new ArgumentException($"'{name}' is not a three-part name, such as main.ai.chat.", nameof(name));
        }
    }
}
