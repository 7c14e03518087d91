using Connectors.Databricks.Emulator.Agents;
using Connectors.Databricks.Emulator.Chat;
using Connectors.Databricks.Emulator.Completions;
using Connectors.Databricks.Emulator.Embeddings;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Gateway;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Management;
using Connectors.Databricks.Emulator.Models;
using Connectors.Databricks.Emulator.OAuth;
using Connectors.Databricks.Emulator.Predictions;
using Connectors.Databricks.Emulator.Responses;

namespace Connectors.Databricks.Emulator.Server;

/// <summary>Dispatches a request to the management API, the OAuth handler, or the handler of the served model.</summary>
internal sealed class Dispatcher(
    DatabricksEmulatorOptions options,
    EndpointStore workspace,
    ModelServiceStore services,
    OAuthHandler oauth,
    TokenStore tokens,
    EmulatorAddresses addresses)
{
    private readonly ModelServiceHandler _services = new(options, services);

    private readonly ChatHandler _chat = new(options);
    private readonly ChatAgentHandler _agents = new(options);
    private readonly CompletionHandler _completions = new(options);
    private readonly EmbeddingHandler _embeddings = new(options);
    private readonly ResponsesHandler _responses = new(options);
    private readonly ResponsesAgentHandler _responsesAgents = new(options);
    private readonly ManagementHandler _management = new(options, addresses, workspace);

    /// <summary>What a request names: a model service has an endpoint behind it.</summary>
    public (ServingEndpoint? Endpoint, ModelService? Service) Find(Route route)
    {
        if (options.Workspace != EmulatedWorkspace.Sovereign && (route.IsGateway || route.Kind == RouteKind.ModelServices)
            && services.Find(route.EndpointName) is ModelService service)
        {
            return (service.Endpoint, service);
        }

        var endpoint = route.EndpointName is string name ? workspace.Endpoints.GetValueOrDefault(name) : null;
        var isElsewhere = route.IsOnDataPlane && !(endpoint is { IsRouteOptimized: true } && route.WorkspaceId == options.WorkspaceId);
        return (isElsewhere || route.Kind == RouteKind.ModelServices ? null : endpoint, null);
    }

    /// <summary>The monitor that tests wait on; null for an unknown endpoint or address.</summary>
    public RequestMonitor? Watch(Route route) =>
        Find(route).Endpoint?.Watch ?? (route.OAuth is OAuthTarget target ? oauth.Find(target)?.Watch : null);

    public ServerResponse Answer(EmulatorCall call) => call.Route.Kind switch
    {
        _ when options.Workspace == EmulatedWorkspace.Sovereign && (call.Route.IsGateway || call.Route.Kind == RouteKind.ModelServices) =>
            UnityGatewayRules.NoGateway(options, NotFound(call.Request)),
        RouteKind.ModelServices => _services.Answer(new ModelServiceCall(
            call.Route.ModelServices!, call.Request.QueryValues, call.Json, CallerOf(call))),
        RouteKind.Management => _management.Answer(new ManagementCall(call.Route.Management!, call.Endpoint, call.Json, call.Ids)),
        RouteKind.Invocation => Invoke(call),
        RouteKind.GatewayEndpoints => UnityGatewayRules.Endpoints(options, NotFound(call.Request)),
        RouteKind.CurrentUser => ServerResponse.Json(200, CurrentUser.Describe(CallerOf(call))),
        RouteKind.Unserved => ServerResponse.Error(
            501, "NOT_IMPLEMENTED", $"The emulator does not serve '{call.Request.Method} {call.Request.Path}'."),
        RouteKind.OAuth => oauth.Answer(call.Route.OAuth!, call.Request, call.Ids) ?? NotFound(call.Request),
        RouteKind.EntraSignIn when options.AzureTenantId is string tenant => EntraRedirect.To(tenant, "oauth2/authorize"),
        RouteKind.EntraAuthorize when options.AzureTenantId is string tenant => EntraRedirect.To(tenant, "oauth2/v2.0/authorize"),
        _ => NotFound(call.Request),
    };

    // Unconfirmed: the code is reported [litellm], the wording is from memory.
    private static BodyResponse NotFound(RecordedRequest request) =>
        ServerResponse.Error(404, "ENDPOINT_NOT_FOUND", $"No API found for '{request.Method} {request.Path}'");

    /// <summary>Records a response once, when it is about to complete or was aborted.</summary>
    public static void Finished(EmulatorCall call, ServerResponse answer, TimeSpan elapsed)
    {
        if (answer.ServedModel is string entity)
        {
            // A dropped connection counts as a server error.
            call.Endpoint!.Record.Add(entity, call.Request.Path, call.Request.StatusCode ?? 500, elapsed);
        }
    }

    private ServerResponse Invoke(EmulatorCall call)
    {
        if (Refuse(call) is ServerResponse refusal)
        {
            return refusal;
        }

        var endpoint = call.Endpoint!;
        (var entity, var wait) = endpoint.Life.Admit(call.Route.ServedEntity);
        if (entity is null)
        {
            // Unconfirmed: the whole answer.
            return ServerResponse.Error(
                404, "RESOURCE_DOES_NOT_EXIST", $"Served entity with name {call.Route.ServedEntity} not found in endpoint {endpoint.Name}");
        }

        if (call.Service is ModelService service)
        {
            (var destination, var failure) = service.Route(entity, services.Destinations);
            if (destination is null)
            {
                return failure!;
            }

            entity = destination;
        }

        var answer = Answer(endpoint, entity.Model!, call) with { ServedModel = entity.Name };
        return wait == TimeSpan.Zero
            ? answer
            : answer with { Modifiers = answer.Modifiers with { HeaderDelay = wait + (answer.Modifiers.HeaderDelay ?? TimeSpan.Zero) } };
    }

    private BodyResponse? Refuse(EmulatorCall call)
    {
        var name = call.Route.EndpointName;
        if (UnityGatewayRules.Refuse(options, call) is BodyResponse refusal)
        {
            return refusal;
        }

        if (call.Json is null)
        {
            // Unconfirmed: the code is from memory, the wording is a guess.
            return ServerResponse.Error(400, "MALFORMED_REQUEST", "Malformed request: the body is not a JSON object.");
        }

        if (call.Endpoint is null || (call.Route.IsGateway && call.Service is null && !UnityGatewayRules.AnswersOnGateway(call.Endpoint)))
        {
            return call.Route.IsGateway ? UnityGatewayRules.NoService(options, name) : Missing(name);
        }

        if (call.Service is ModelService service)
        {
            return RefuseService(call, service);
        }

        if (call.Endpoint is { IsRouteOptimized: true, KeepsWorkspaceUrl: false } && !call.Route.IsOnDataPlane)
        {
            // Endpoints made since 22 September 2025 answer at their own URL only [okf:query-route-optimized]. Unconfirmed: the answer.
            return ServerResponse.Error(400, "BAD_REQUEST", $"Endpoint {name} is route-optimized; it answers at its endpoint_url only.");
        }

        return RefuseByState(call.Endpoint) ?? call.Endpoint.Rates.Refuse(
            call.Endpoint.Name, call.Endpoint.Life.Settings, CallerOf(call));
    }

    /// <summary>EXECUTE on the service is checked, USE CATALOG and USE SCHEMA are not. Unconfirmed: the text.</summary>
    private BodyResponse? RefuseService(EmulatorCall call, ModelService service)
    {
        var caller = CallerOf(call);
        return service.Grants.Allows(caller)
            ? service.Limits.Refuse(
                service.Name,
                [.. service.State.Config.Objects("rate_limits")],
                caller,
                call.Request.RequestTags,
                options.TimeProvider.GetUtcNow())
            : ServerResponse.Error(403, "PERMISSION_DENIED", $"User does not have EXECUTE on model service '{service.Name}'.");
    }

    private string CallerOf(EmulatorCall call) => tokens.CallerOf(call.Request.Headers.GetValueOrDefault("authorization"));

    /// <summary>Rejects queries by state. Unconfirmed: all texts but that of a retired model; the status when not ready.</summary>
    private BodyResponse? RefuseByState(ServingEndpoint endpoint)
    {
        var state = endpoint.Life.State;
        return state switch
        {
            // The text was reported [issue omnigent#4749].
            { IsRetired: true } => ServerResponse.Error(400, "BAD_REQUEST", $"BAD_REQUEST: This endpoint {endpoint.Name} is deprecated"),

            // The status is documented [okf:manage-model-serving-endpoints].
            { IsStopped: true } => ServerResponse.Error(400, "BAD_REQUEST", $"Endpoint {endpoint.Name} is stopped. Start it to query it."),
            { IsReady: false } => ServerResponse.Error(
                options.Quirks.NotReadyStatus,
                options.Quirks.NotReadyStatus == 503 ? "TEMPORARILY_UNAVAILABLE" : "INVALID_STATE",
                $"Endpoint {endpoint.Name} is not ready."),
            _ => null,
        };
    }

    private ServerResponse Answer(ServingEndpoint endpoint, ServedModel model, EmulatorCall call) => model switch
    {
        { Task: "agent/v1/responses" } => _responsesAgents.Answer(endpoint, model, call.Json!, call.Ids),
        _ when call.Route.Responses is not ResponsesRoute.None => _responses.Answer(
            endpoint, model, call.Json!, call.Ids, isUnified: call.Route.Responses == ResponsesRoute.Unified),
        { Task: "agent/v2/chat" } => _agents.Answer(endpoint, model, call.Json!, call.Ids),
        { Chat: not null } => _chat.Answer(endpoint, model, call.Json!, call.Ids, call.Route.IsGateway),
        { Embedding: EmbeddingCapabilities facts } => _embeddings.Answer(endpoint, facts, call.Json!),
        { Classic: LinearModel facts } => ClassicModel.Answer(endpoint, facts, call.Json!, options.TimeProvider.GetUtcNow()),
        { IsFeatureLookup: true } => FeatureLookup.Answer(endpoint, call.Json!, options.TimeProvider.GetUtcNow()),
        { Task: "llm/v1/completions" } => _completions.Answer(endpoint, model, call.Json!, call.Ids),
        _ => throw new InvalidOperationException($"No surface serves the task '{model.Task}'."),
    };

    // The wording is that of the test server of the Databricks CLI; the real text is unconfirmed [cli].
    private static BodyResponse Missing(string? name) =>
        ServerResponse.Error(404, "RESOURCE_DOES_NOT_EXIST", $"Serving endpoint with name {name} not found");
}
