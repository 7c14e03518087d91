using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Extensions;
using Connectors.Databricks.Emulator.Gateway;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Management;
using Connectors.Databricks.Emulator.OAuth;

namespace Connectors.Databricks.Emulator.Server;

internal enum RouteKind
{
    Unknown,
    Invocation,
    Management,
    ModelServices,
    GatewayEndpoints,
    App,
    Api,
    CurrentUser,
    Unserved,
    OAuth,
    EntraSignIn,
    EntraAuthorize,
}

/// <summary>How a route takes the Responses API.</summary>
internal enum ResponsesRoute
{
    None,

    /// <summary>OpenAI models and agents.</summary>
    Native,

    /// <summary>Translated for every family.</summary>
    Unified,
}

/// <summary>The target of a request. Names are unescaped once, by segment, so that "%2F" stays in a name.</summary>
internal sealed record Route(RouteKind Kind, string? EndpointName = null, string? ServedEntity = null, bool IsGateway = false)
{
    /// <summary>The workspace in the path of a route-optimized endpoint; null on the workspace's own host.</summary>
    public string? WorkspaceId { get; private init; }

    public bool IsOnDataPlane { get; private init; }

    /// <summary>Whether, and how, the body is one of the Responses API.</summary>
    public ResponsesRoute Responses { get; private init; }

    /// <summary>The app of a request; null for others.</summary>
    public string? AppName { get; private init; }

    /// <summary>The API of another package; null for others.</summary>
    public IEmulatedApi? Api { get; private init; }

    /// <summary>The target of a management request; null for others.</summary>
    public ManagementTarget? Management { get; private init; }

    /// <summary>The target of a request for model services; null for others.</summary>
    public ModelServiceTarget? ModelServices { get; private init; }

    /// <summary>The target of an OAuth request; null for others.</summary>
    public OAuthTarget? OAuth { get; private init; }

    /// <summary>What the route demands of a token. Unconfirmed: which scopes the management APIs demand.</summary>
    public TokenDemand Demand => new(this switch
    {
        { IsOnDataPlane: true } => [],
        { IsGateway: true } => ["ai-gateway"],
        { Kind: RouteKind.ModelServices } => ["unity-catalog"],
        { Api: IEmulatedApi api } => [api.Scope],
        { Kind: RouteKind.Invocation or RouteKind.Management } =>
            ["model-serving", "serving.serving-endpoints"],
        _ => [],
    })
    {
        AllowsBasic = Kind == RouteKind.Invocation && !IsOnDataPlane,
        IsOnDataPlane = IsOnDataPlane,
        IsGateway = IsGateway,
        IsManagement = Kind is RouteKind.Management or RouteKind.ModelServices,
    };

    /// <summary>Whether the route requires no access token.</summary>
    public bool IsPublic => Kind is RouteKind.OAuth or RouteKind.EntraSignIn or RouteKind.EntraAuthorize;

    public static Route To(IEmulatedApi api) => new(RouteKind.Api) { Api = api };

    public static Route Find(string method, string rawPath, JsonObject? body)
    {
        string[] segments = [.. rawPath.TrimStart('/').Split('/').Select(Uri.UnescapeDataString)];
        var model = body?.Text("model");
        return (method, segments) switch
        {
            ("POST", ["serving-endpoints", "chat", "completions"]) => new(RouteKind.Invocation, model),
            ("POST", ["serving-endpoints", "embeddings"]) => new(RouteKind.Invocation, model),

            // The official Vercel provider posts agents' bodies here too [ai-sdk].
            ("POST", ["serving-endpoints", "completions"]) => new(RouteKind.Invocation, model),
            ("POST", ["serving-endpoints", "responses"]) => new(RouteKind.Invocation, model) { Responses = ResponsesRoute.Native },

            // Exists under /serving-endpoints only [litellm].
            ("POST", ["serving-endpoints", "open-responses"]) => new(RouteKind.Invocation, model) { Responses = ResponsesRoute.Unified },
            ("POST", ["serving-endpoints", string name, "invocations"]) => new(RouteKind.Invocation, name),
            ("POST", ["serving-endpoints", string name, "served-models", string entity, "invocations"]) =>
                new(RouteKind.Invocation, name, entity),
            ("POST", ["ai-gateway", "mlflow", "v1", "chat", "completions"]) =>
                new(RouteKind.Invocation, model, IsGateway: true),
            ("POST", ["ai-gateway", "mlflow", "v1", "embeddings"]) => new(RouteKind.Invocation, model, IsGateway: true),
            ("POST", ["ai-gateway", "mlflow", "v1", "responses"]) =>
                new(RouteKind.Invocation, model, IsGateway: true) { Responses = ResponsesRoute.Unified },

            // The format of OpenAI, passed on to its models [litellm].
            ("POST", ["ai-gateway", "openai", "v1", "responses"]) =>
                new(RouteKind.Invocation, model, IsGateway: true) { Responses = ResponsesRoute.Native },
            (_, ["api", "2.0", ..]) when ManagementTarget.Find(method, segments[2..]) is ManagementTarget target =>
                new(RouteKind.Management, target.Name) { Management = target },
            (_, ["api", "2.1", "unity-catalog", ..]) when ModelServiceTarget.Find(method, segments[3..]) is ModelServiceTarget target =>
                new(RouteKind.ModelServices, target.Name) { ModelServices = target },
            ("GET", ["aad", "auth"]) => new(RouteKind.EntraSignIn),
            ("GET", ["oidc", "oauth2", "v2.0", "authorize"]) => new(RouteKind.EntraAuthorize),
            ("GET", ["api", "ai-gateway", "v2", "endpoints"]) => new(RouteKind.GatewayEndpoints),
            ("GET", ["api", "2.0", "apps", string name]) => new(RouteKind.App) { AppName = name },
            ("GET", ["api", "2.0", "preview", "scim", "v2", "Me"]) => new(RouteKind.CurrentUser),
            _ when UnservedPaths.Contain(segments) => new(RouteKind.Unserved, IsGateway: segments[0] == "ai-gateway"),
            _ when OAuthTarget.Find(method, segments) is OAuthTarget target => new(RouteKind.OAuth) { OAuth = target },
            _ => new(RouteKind.Unknown),
        };
    }

    /// <summary>Route-optimized endpoints are queried, and nothing else is served, where they are [okf:query-route-optimized].</summary>
    public static Route FindOnDataPlane(string method, string rawPath) =>
        (method, (string[])[.. rawPath.TrimStart('/').Split('/').Select(Uri.UnescapeDataString)]) switch
        {
            ("POST", [string workspace, "serving-endpoints", string name, "invocations"]) =>
                new(RouteKind.Invocation, name) { IsOnDataPlane = true, WorkspaceId = workspace },
            _ => new(RouteKind.Unknown) { IsOnDataPlane = true },
        };
}
