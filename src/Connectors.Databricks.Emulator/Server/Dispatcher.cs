using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Agents;
using Connectors.Databricks.Emulator.Apps;
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
    EmulatorAddresses addresses,
    AppStore apps)
{
    private readonly InvocationRules _rules = new(options, tokens);
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
        _ when options.Quirks.MissingPaths.Contains(call.Request.Path, StringComparer.Ordinal) => NotFound(call.Request),
        RouteKind.ModelServices => _services.Answer(new ModelServiceCall(
            call.Route.ModelServices!, call.Request.QueryValues, call.Json, tokens.CallerOf(call.Authorization))),
        RouteKind.Management => _management.Answer(new ManagementCall(call.Route.Management!, call.Endpoint, call.Json, call.Ids)),
        RouteKind.Invocation => Invoke(call),
        RouteKind.GatewayEndpoints => UnityGatewayRules.Endpoints(options, NotFound(call.Request)),
        RouteKind.App => apps.Describe(call.Route.AppName!),
        RouteKind.CurrentUser => ServerResponse.Json(200, CurrentUser.Describe(tokens.CallerOf(call.Authorization).Name)),
        RouteKind.Unserved => ServerResponse.Error(
            501, "NOT_IMPLEMENTED", $"The emulator does not serve '{call.Request.Method} {call.Request.Path}'."),
        RouteKind.OAuth => oauth.Answer(call.Route.OAuth!, call.Request, call.Ids) ?? NotFound(call.Request),
        RouteKind.EntraSignIn when options.AzureTenantId is string tenant => EntraRedirect.To(tenant, "oauth2/authorize"),
        RouteKind.EntraAuthorize when options.AzureTenantId is string tenant => EntraRedirect.To(tenant, "oauth2/v2.0/authorize"),
        _ => NotFound(call.Request),
    };

    /// <summary>
    /// A request that a function of the workspace sends. It is not recorded and meets no fault. Unconfirmed: that the scopes of the token
    /// are not checked again.
    /// </summary>
    public BodyResponse QueryModel(string name, JsonObject body, string? authorization, RequestIds ids)
    {
        var route = new Route(RouteKind.Invocation, name, IsGateway: options.Workspace != EmulatedWorkspace.Sovereign &&
            name.Count('.'.Equals) >= 2);
        Dictionary<string, string> headers = authorization is null ? [] : new() { ["authorization"] = authorization };
        var path = route.IsGateway ? "/ai-gateway/mlflow/v1/chat/completions" : $"/serving-endpoints/{name}/invocations";
        var request = new RecordedRequest("POST", path, "", headers, "", null, name, ids.RequestId, options.TimeProvider.GetUtcNow());
        var (endpoint, service) = Find(route);
        var call = new EmulatorCall(request, route, endpoint, service, body, ids);
        var answer = Invoke(call);
        request.StatusCode = answer is BodyResponse response ? response.Status : null;
        Finished(call, answer, TimeSpan.Zero);
        return answer as BodyResponse ?? ServerResponse.Error(503, "TEMPORARILY_UNAVAILABLE", "The connection to the model was lost.");
    }

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
        if (_rules.FirstViolation(call) is ServerResponse refusal)
        {
            return refusal;
        }

        var endpoint = call.Endpoint!;
        (var entity, var wait) = endpoint.Life.Admit(call.Route.ServedEntity);
        if (entity is null)
        {
            // Unconfirmed: the whole response.
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
        answer = _rules.CountTokens(call, endpoint, answer);
        return wait == TimeSpan.Zero
            ? answer
            : answer with { Modifiers = answer.Modifiers with { HeaderDelay = wait + (answer.Modifiers.HeaderDelay ?? TimeSpan.Zero) } };
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
}
