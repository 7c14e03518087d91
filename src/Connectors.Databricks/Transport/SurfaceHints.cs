using Kind = Connectors.Databricks.DatabricksServingErrorKind;

namespace Connectors.Databricks.Transport;

/// <summary>
/// Error hints that depend on the surface: permissions, scopes and names differ between serving endpoints and Unity Gateway.
/// </summary>
internal static class SurfaceHints
{
    private const string UseService =
        "Pass the name of a model service that routes to it (three parts, as in 'system.ai.claude-sonnet-4-5') to GetChatClient or " +
        "GetEmbeddingGenerator, and leave DatabricksServingOptions.Gateway at Auto.";

    /// <param name="call">The call that failed.</param>
    /// <param name="kind">The kind of the failure.</param>
    /// <returns>The hint; null when the failure does not depend on the surface.</returns>
    public static string? For(ServingCall call, Kind kind) =>
        kind == Kind.PayPerTokenDisabled ? $"The workspace enforces Unity Gateway: pay-per-token models are served there only. " +
            $"{UseService}" :
        kind == Kind.ProvisionedThroughputDisabled ?
            $"The workspace enforces Unity Gateway: a provisioned throughput endpoint is queried through a model service. {UseService}" :
        kind == Kind.GatewayEndpointRetired ? $"Unity Gateway replaces this endpoint. {UseService}" :
        kind == Kind.LegacyNameRetired ? $"Unity Gateway accepts model services only. {UseService}" :
        kind == Kind.ModelServiceRequiresGateway ?
            "It is a Unity Catalog name: model services are served on Unity Gateway. Use GetChatClient or GetEmbeddingGenerator, and " +
            "leave " +
            "DatabricksServingOptions.Gateway at Auto." :
        call.IsGateway ? ForGateway(kind) : null;

    private static string? ForGateway(Kind kind) =>
        kind == Kind.GatewayUnavailable ?
            "The workspace has no Unity Gateway, or it is not enabled: pass the name of a serving endpoint, as the workspace's Serving " +
            "page shows it, and leave DatabricksServingOptions.Gateway at Auto." :
        kind == Kind.GatewayHostRetired ?
            "The host is the former host of the AI gateway: set Host to the workspace, and request a token with the scope 'ai-gateway'." :
        kind == Kind.MissingScope ?
            "The token lacks an OAuth scope, which Unity Gateway requires ('ai-gateway'): request the token, or configure the app's " +
            "authorization, with that scope." :
        kind == Kind.PermissionDenied ?
            "Ask for EXECUTE on the model service, and for USE CATALOG and USE SCHEMA on its catalog and schema. Changes take minutes to " +
            "take effect." :
        kind == Kind.ModelServiceNotFound ?
            "Check the name (catalog.schema.service) against the model services of the workspace, and ask for EXECUTE on it if it exists." :
        kind == Kind.Unauthenticated ? "Check the token: it may be wrong, expired, revoked, or of another workspace." :
        kind == Kind.FeatureDisabled ? "The feature is not enabled for this workspace: ask a workspace admin." :
        null;
}
