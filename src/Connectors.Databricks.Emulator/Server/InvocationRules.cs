using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Gateway;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.OAuth;

namespace Connectors.Databricks.Emulator.Server;

/// <summary>Rules that reject a query before it reaches the model: the workspace, the body, permissions, state and rate limits.</summary>
internal sealed class InvocationRules(DatabricksEmulatorOptions options, TokenStore tokens)
{
    public BodyResponse? FirstViolation(EmulatorCall call)
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
            // Endpoints created since 22 September 2025 are available at their own URL only [okf:query-route-optimized]. Unconfirmed: the
            // response.
            return ServerResponse.Error(
                400, "BAD_REQUEST", $"Endpoint {name} is route-optimized; it is available at its endpoint_url only.");
        }

        // Unconfirmed: the text.
        return RefuseByState(call.Endpoint) ?? (call.Endpoint.Rates.Exceeded(Limited(call, call.Endpoint)) is RateLimit limit
            ? RefuseByLimit($"Exceeded {limit.Key} rate limit for endpoint {call.Endpoint.Name}.")
            : null);
    }

    /// <summary>Counts the tokens of a response against the rate limits.</summary>
    public ServerResponse CountTokens(EmulatorCall call, ServingEndpoint endpoint, ServerResponse answer) =>
        endpoint.Rates.CountTokens(Limited(call, endpoint), answer);

    private LimitedRequest Limited(EmulatorCall call, ServingEndpoint endpoint) => new(
        call.Service is ModelService service
            ? ModelServiceRateLimits.Of(service.State.Config)
            : EndpointRateLimits.Of(endpoint.Life.Settings),
        tokens.CallerOf(call.Authorization),
        call.Request.RequestTags,
        options.TimeProvider.GetUtcNow());

    private static BodyResponse RefuseByLimit(string text) =>
        ServerResponse.Error(429, "REQUEST_LIMIT_EXCEEDED", $"REQUEST_LIMIT_EXCEEDED: {text}");

    /// <summary>EXECUTE on the service is checked, USE CATALOG and USE SCHEMA are not. Unconfirmed: both texts.</summary>
    private BodyResponse? RefuseService(EmulatorCall call, ModelService service)
    {
        var request = Limited(call, service.Endpoint);
        return !service.Grants.Allows(request.Caller)
            ? ServerResponse.Error(403, "PERMISSION_DENIED", $"User does not have EXECUTE on model service '{service.Name}'.")
            : service.Endpoint.Rates.Exceeded(request) is null ? null
            : RefuseByLimit($"Exceeded rate limit of model service {service.Name}.");
    }

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

    // The wording is that of the test server of the Databricks CLI; the real text is unconfirmed [cli].
    private static BodyResponse Missing(string? name) =>
        ServerResponse.Error(404, "RESOURCE_DOES_NOT_EXIST", $"Serving endpoint with name {name} not found");
}
