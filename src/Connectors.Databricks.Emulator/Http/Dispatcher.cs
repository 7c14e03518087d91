using System.Collections.Concurrent;
using Connectors.Databricks.Emulator.Agents;
using Connectors.Databricks.Emulator.Answers;
using Connectors.Databricks.Emulator.Completions;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Embeddings;
using Connectors.Databricks.Emulator.OAuth;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>Chooses who answers: the management listing, a chat model, an agent, or a model of another task.</summary>
internal sealed class Dispatcher(
    DatabricksEmulatorOptions options, ConcurrentDictionary<string, EmulatedEndpoint> endpoints, OAuthSurface oauth) : IDispatcher
{
    private readonly ChatSurface _chat = new(options);
    private readonly ChatAgentSurface _agents = new(options);
    private readonly CompletionSurface _completions = new(options);
    private readonly EmbeddingSurface _embeddings = new(options);
    private readonly EndpointListing _listing = new(options);

    public EmulatedEndpoint? Find(Route route)
    {
        EmulatedEndpoint? endpoint = route.EndpointName is string name ? endpoints.GetValueOrDefault(name) : null;
        bool isElsewhere = route.IsOnDataPlane && !(endpoint is { IsRouteOptimized: true } && route.WorkspaceId == options.WorkspaceId);
        return isElsewhere ? null : endpoint;
    }

    public RequestWatch? Watch(Route route) => Find(route)?.Watch ?? oauth.Find(route)?.Watch;

    public HttpAnswer Answer(EmulatorCall call) => call.Route.Kind switch
    {
        RouteKind.ListEndpoints => HttpAnswer.Json(200, _listing.List(endpoints.Values)),
        RouteKind.GetEndpoint => call.Endpoint is EmulatedEndpoint endpoint
            ? HttpAnswer.Json(200, _listing.Detail(endpoint))
            : Missing(call.Route.EndpointName),
        RouteKind.Invocation => Invoke(call),
        RouteKind.UnsupportedSurface =>
            HttpAnswer.Error(501, "NOT_IMPLEMENTED", $"The emulator does not serve '{call.Request.Method} {call.Request.Path}' yet."),
        RouteKind.HostMetadata or RouteKind.ServerMetadata or RouteKind.Token => oauth.Answer(call) ?? NotFound(call.Request),
        RouteKind.EntraSignIn when options.AzureTenantId is string tenant => EntraRedirect.To(tenant, "oauth2/authorize"),
        RouteKind.EntraAuthorize when options.AzureTenantId is string tenant => EntraRedirect.To(tenant, "oauth2/v2.0/authorize"),
        _ => NotFound(call.Request),
    };

    // unseen: the code is reported [litellm], the wording is from memory.
    private static BodyAnswer NotFound(RecordedRequest request)
        => HttpAnswer.Error(404, "ENDPOINT_NOT_FOUND", $"No API found for '{request.Method} {request.Path}'");

    private HttpAnswer Invoke(EmulatorCall call)
    {
        HttpAnswer? refusal = Refuse(call);
        return refusal ?? Answer(call.Endpoint!, call) with { ServedModel = call.Endpoint!.ServedEntityName };
    }

    private BodyAnswer? Refuse(EmulatorCall call)
    {
        string? name = call.Route.EndpointName;
        if (options.RefusesLegacyNames && name is not null && name.StartsWith("databricks-", StringComparison.Ordinal)
            && !(call.Route.IsGateway && call.Json?.Text("model")?.StartsWith("system.ai.", StringComparison.Ordinal) is true))
        {
            // Workspaces cut over to Unity AI Gateway [issue omnigent#4915].
            return HttpAnswer.Error(501, "NOT_IMPLEMENTED", $"'{name}' is no longer available. Use Unity Catalog model services (v3).");
        }

        if (call.Json is null)
        {
            // unseen: the code is from memory, the wording is a guess.
            return HttpAnswer.Error(400, "MALFORMED_REQUEST", "Malformed request: the body is not a JSON object.");
        }

        if (call.Endpoint is null)
        {
            return Missing(name);
        }

        if (call.Endpoint is { IsRouteOptimized: true, KeepsWorkspaceUrl: false } && !call.Route.IsOnDataPlane)
        {
            // Endpoints made since 22 September 2025 answer at their own URL only [okf:query-route-optimized]. unseen: the answer.
            return HttpAnswer.Error(400, "BAD_REQUEST", $"Endpoint {name} is route-optimized; it answers at its endpoint_url only.");
        }

        // unseen: the whole answer.
        return call.Route.ServedEntity is string entity && entity != call.Endpoint.ServedEntityName
            ? HttpAnswer.Error(404, "RESOURCE_DOES_NOT_EXIST", $"Served entity with name {entity} not found in endpoint {name}")
            : null;
    }

    private HttpAnswer Answer(EmulatedEndpoint endpoint, EmulatorCall call) => endpoint.Task switch
    {
        "agent/v2/chat" => _agents.Answer(endpoint, call.Json!, call.Ids),
        "llm/v1/chat" or "agent/v1/chat" => _chat.Answer(endpoint, call.Json!, call.Ids),
        "llm/v1/completions" => _completions.Answer(endpoint, call.Json!, call.Ids),
        "llm/v1/embeddings" => _embeddings.Answer(endpoint, call.Json!),
        null => ClassicModel.Answer(endpoint, call.Json!, options.TimeProvider.GetUtcNow()),
        _ => throw new InvalidOperationException($"No surface serves the task '{endpoint.Task}'."),
    };

    // The wording is that of Databricks' own fake; the real one is unseen [cli].
    private static BodyAnswer Missing(string? name)
        => HttpAnswer.Error(404, "RESOURCE_DOES_NOT_EXIST", $"Serving endpoint with name {name} not found");
}
