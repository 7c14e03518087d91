using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Management;

/// <summary>Handles management requests (§9.1).</summary>
internal sealed class ManagementHandler(DatabricksEmulatorOptions options, EmulatorAddresses addresses, EndpointStore workspace)
{
    private readonly ConfigReader _configs = new(options, new EntityReader(workspace.Models));

    public ServerResponse Answer(ManagementCall call)
    {
        try
        {
            return Answer(call, call.Target);
        }
        catch (ApiErrorException refusal)
        {
            return ServerResponse.Error(refusal.Status, refusal.ErrorCode, refusal.Message);
        }
    }

    private BodyResponse Answer(ManagementCall call, ManagementTarget target) => target.Operation switch
    {
        ManagementOperation.List => Json(EndpointDocuments.List(workspace.Endpoints.Values)),
        ManagementOperation.FoundationModels => Json(EndpointDocuments.List(workspace.Endpoints.Values.Where(IsPayPerToken))),
        ManagementOperation.Create => Create(Body(call), isProvisioned: false, call.Ids),
        ManagementOperation.CreateProvisioned => Create(Body(call), isProvisioned: true, call.Ids),
        ManagementOperation.OptimizationInfo => OptimizationInfo(target.Entity!, target.Id!),
        ManagementOperation.ExternalFunction =>
            ServerResponse.Error(501, "NOT_IMPLEMENTED", "The emulator has no Unity Catalog connections."),
        ManagementOperation.GetPermissions => Json(PermissionHandler.Describe(FindById(target.Id!))),
        ManagementOperation.SetPermissions => Json(PermissionHandler.Change(FindById(target.Id!), Body(call), replaces: true)),
        ManagementOperation.MergePermissions => Json(PermissionHandler.Change(FindById(target.Id!), Body(call), replaces: false)),
        ManagementOperation.PermissionLevels => Json(PermissionHandler.DescribeLevels(FindById(target.Id!))),
        _ => call.Endpoint is ServingEndpoint endpoint ? Answer(call, target, endpoint) : throw Missing(target.Name),
    };

    private BodyResponse Answer(ManagementCall call, ManagementTarget target, ServingEndpoint endpoint) => target.Operation switch
    {
        ManagementOperation.Get => Json(EndpointDocuments.Detail(endpoint, endpoint.Life.Read())),
        ManagementOperation.Delete => Delete(endpoint),
        ManagementOperation.UpdateConfig => Update(endpoint, Body(call), isProvisioned: false),
        ManagementOperation.UpdateProvisioned => UpdateProvisioned(endpoint, Body(call)),
        ManagementOperation.Stop => Stop(endpoint),
        ManagementOperation.Start => Json(EndpointDocuments.Detail(endpoint, endpoint.Life.Start())),
        ManagementOperation.Metrics => Metrics(endpoint),
        ManagementOperation.OpenApi => OpenApi(endpoint),
        ManagementOperation.BuildLogs => Logs(endpoint, target.Entity!, ofBuild: true),
        ManagementOperation.ServerLogs => Logs(endpoint, target.Entity!, ofBuild: false),
        _ => SettingsHandler.Answer(endpoint, target.Operation, Body(call), call.Ids, options),
    };

    private BodyResponse Create(JsonObject body, bool isProvisioned, RequestIds ids)
    {
        var name = CreationReader.Name(body);
        if (workspace.Endpoints.ContainsKey(name))
        {
            throw Existing(name);
        }

        RefuseCommitments(body, body.Object("config"));

        // Everything is validated before anything is stored, so that a rejected request has no effect.
        var settings = CreationReader.Settings(body);
        var endpoint = workspace.Make(name, active: null, settings);
        var config = body.Object("config");
        if (config is not null)
        {
            endpoint.Life.Deploy((_, version) => _configs.Read(config, null, version, isProvisioned));
        }
        else if (isProvisioned)
        {
            throw ApiErrorException.Invalid("config is required.");
        }

        Complete(endpoint, body, ids);
        return workspace.Endpoints.TryAdd(name, endpoint)
            ? Json(EndpointDocuments.Detail(endpoint, endpoint.Life.State))
            : throw Existing(name);
    }

    /// <summary>Applies the settings that depend on the served entities.</summary>
    private static void Complete(ServingEndpoint endpoint, JsonObject body, RequestIds ids)
    {
        endpoint.Life.Change((state, settings) => settings with
        {
            Gateway = GatewayReader.Read(body.Object("ai_gateway"), state),

            // Where it is not supported, a creation ignores it and its own route rejects it [cli].
            Telemetry = TelemetryReader.Unsupported(state) is null
                ? TelemetryReader.Apply(null, body.Object("telemetry_config"), ids.Guid(1))
                : null,
        });
        if (body.Flag("route_optimized") is true)
        {
            var isOptimizable = endpoint.Life.State.Shown?.Entities.All(entity => entity.Kind is EntityKind.Custom or EntityKind.Feature)
                is true;
            if (!isOptimizable)
            {
                throw ApiErrorException.Invalid("Only endpoints that serve custom models or features can be route-optimized.");
            }

            endpoint.OptimizeRoutes();
        }
    }

    private BodyResponse UpdateProvisioned(ServingEndpoint endpoint, JsonObject body)
    {
        var config = body.Object("config") ?? throw ApiErrorException.Invalid("config is required.");
        RefuseCommitments(body, config);
        return Update(endpoint, config, isProvisioned: true);
    }

    // The Python SDK has these members [py]; a commitment that is accepted and does not exist would be worse than none.
    private static void RefuseCommitments(JsonObject body, JsonObject? config)
    {
        string[] given =
        [
            .. from member in (string[])["pt_commitment_auto_renew", "relocate_pt_commitment"] where body.IsGiven(member) select member,
            .. from entity in config?.Objects("served_entities") ?? []
               from member in (string[])["pt_term", "pt_auto_renew"]
               where entity.IsGiven(member)
               select $"config.served_entities.{member}",
        ];
        if (given.Length > 0)
        {
            throw new ApiErrorException(501, "NOT_IMPLEMENTED", $"The emulator does not serve commitments: '{given[0]}'.");
        }
    }

    private BodyResponse Update(ServingEndpoint endpoint, JsonObject config, bool isProvisioned)
    {
        // "Updates are instantaneous", according to the SDK, with provisioned throughput [go].
        var state = endpoint.Life.Deploy(
            (before, version) => _configs.Read(config, before.Shown, version, isProvisioned), atOnce: isProvisioned);
        return Json(EndpointDocuments.Detail(endpoint, state));
    }

    private BodyResponse Delete(ServingEndpoint endpoint)
    {
        // Unconfirmed: the body.
        return workspace.Endpoints.TryRemove(KeyValuePair.Create(endpoint.Name, endpoint)) ? Json([]) : throw Missing(endpoint.Name);
    }

    private static BodyResponse Stop(ServingEndpoint endpoint)
    {
        // Custom models only [okf:manage-model-serving-endpoints].
        return endpoint.Life.State.Shown?.Entities.All(entity => entity.Kind == EntityKind.Custom) is true
            ? Json(EndpointDocuments.Detail(endpoint, endpoint.Life.Stop(isOrder: false)))
            : throw ApiErrorException.Invalid("Only endpoints that serve custom models can be stopped.");
    }

    private static BodyResponse Metrics(ServingEndpoint endpoint) => IsPayPerToken(endpoint)
        ? throw ApiErrorException.Invalid($"Metrics are not available for the pay-per-token endpoint {endpoint.Name}.")
        : Text("text/plain; charset=utf-8", MetricsText.Write(endpoint, endpoint.Life.State));

    private BodyResponse OpenApi(ServingEndpoint endpoint)
    {
        var state = endpoint.Life.State;

        // Documented: a signature, and READY [okf:manage-model-serving-endpoints]. Unconfirmed: other responses.
        if (!state.IsReady)
        {
            throw ApiErrorException.WrongState($"Endpoint {endpoint.Name} is not ready; its schema is available once it is.");
        }

        var schema = OpenApiText.Write(endpoint, state.Active!, addresses.WorkspaceText)
            ?? throw ApiErrorException.Missing($"Endpoint {endpoint.Name} serves no model with a logged signature.");
        return Text("text/plain; charset=utf-8", CompactJson.Write(schema));
    }

    private static BodyResponse Logs(ServingEndpoint endpoint, string entity, bool ofBuild)
    {
        var state = endpoint.Life.State;
        var served = (state.Pending?.Entities ?? []).Concat(state.Active?.Entities ?? []).FirstOrDefault(one => one.Name == entity)
            ?? throw ApiErrorException.Missing($"Served entity with name {entity} not found in endpoint {endpoint.Name}");
        return served.Kind == EntityKind.Custom
            ? Json(new JsonObject { ["logs"] = endpoint.Record.Lines(entity, ofBuild) })
            : throw ApiErrorException.Invalid($"Logs are available for custom models only; {entity} is none.");
    }

    private BodyResponse OptimizationInfo(string model, string version)
    {
        (var found, var flaw) = workspace.Models.Find(model, version);
        if (found is null)
        {
            throw ApiErrorException.Missing(flaw!);
        }

        // The sample is of Llama [okf:provisioned-throughput]. Unconfirmed: other types, and the response for models that cannot be
        // optimized.
        return Json(found.Classic is not null || found.IsFeatureLookup
            ? new JsonObject { ["optimizable"] = false }
            : new JsonObject
            {
                ["optimizable"] = true,
                ["model_type"] = found.Chat?.Dialect.ToString().ToLowerInvariant() ?? "gte",
                ["throughput_chunk_size"] = EntityReader.ThroughputChunk,
            });
    }

    private ServingEndpoint FindById(string id) =>
        workspace.FindById(id) ?? throw ApiErrorException.Missing($"Serving endpoint with id {id} not found");

    private static bool IsPayPerToken(ServingEndpoint endpoint) =>
        endpoint.Life.State.Shown?.Entities is [{ Kind: EntityKind.PayPerToken }, ..];

    // The code is reported from memory, the words are a guess, as for inference.
    private static JsonObject Body(ManagementCall call) =>
        call.Json ?? throw new ApiErrorException(400, "MALFORMED_REQUEST", "Malformed request: the body is not a JSON object.");

    // The wordings of both are those of the test server of the Databricks CLI [cli].
    private static ApiErrorException Missing(string? name) => ApiErrorException.Missing($"Serving endpoint with name {name} not found");

    private static ApiErrorException Existing(string name) =>
        new(409, "RESOURCE_ALREADY_EXISTS", $"Serving endpoint with name {name} already exists");

    private static BodyResponse Json(JsonObject body) => ServerResponse.Json(200, body);

    private static BodyResponse Text(string type, string text) => new(200, type, Encoding.UTF8.GetBytes(text));
}
