using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Server;

/// <summary>
/// How a workspace that enforces Unity Gateway refuses names of before: the texts of 403 are those of a public agent skill of Databricks,
/// that of 501 was reported [issue omnigent#6800].
/// </summary>
internal static class UnityGatewayRules
{
    private const string Instead = "Please use Unity Gateway.";

    public static BodyResponse? Refuse(DatabricksEmulatorOptions options, EmulatorCall call)
    {
        var name = call.Route.EndpointName;
        if (call.Endpoint is { IsMovedToGateway: true } && !call.Route.IsGateway)
        {
            return Denied($"Endpoint '{name}' is no longer available. {Instead}");
        }

        if (options.Workspace != EmulatedWorkspace.GatewayEnforced)
        {
            return null;
        }

        if (call.Route.IsGateway)
        {
            return call.Service is null && IsLegacy(name, call.Endpoint)
                ? ServerResponse.Error(501, "NOT_IMPLEMENTED", $"'{name}' is no longer available. Use Unity Catalog model services (v3).")
                : null;
        }

        return call.Endpoint?.Life.State.Shown?.Entities is not [ServedEntity first, ..] ? null : first.Kind switch
        {
            EntityKind.PayPerToken => Denied(
                $"Querying pay-per-token foundation model endpoint '{name}' is disabled for this workspace. {Instead}"),

            // Unconfirmed: the middle of the sentence.
            EntityKind.Provisioned => Denied(
                $"Querying provisioned throughput foundation model endpoint '{name}' directly is disabled for this workspace. {Instead}"),
            _ => null,
        };
    }

    /// <summary>
    /// The gateway of a classic workspace accepts the names of pay-per-token endpoints, not of custom ones (unnamed captures).
    /// </summary>
    public static bool AnswersOnGateway(ServingEndpoint endpoint) =>
        endpoint.Life.State.Shown?.Entities is [{ Kind: EntityKind.PayPerToken }, ..];

    /// <summary>Unconfirmed: the text.</summary>
    public static BodyResponse NoService(DatabricksEmulatorOptions options, string? name) =>
        ServerResponse.Error(404, options.Quirks.MissingModelServiceCode, $"Model service '{name}' does not exist.");

    /// <summary>The text of FEATURE_DISABLED was reported [issue unity-gateway#53].</summary>
    public static BodyResponse NoGateway(DatabricksEmulatorOptions options, BodyResponse unknownPath) =>
        options.Quirks.MissingGatewayCode == "ENDPOINT_NOT_FOUND"
            ? unknownPath
            : ServerResponse.Error(404, options.Quirks.MissingGatewayCode, "AI Gateway is not available for this workspace.");

    /// <summary>
    /// The older list of gateway endpoints, by which clients probe for the gateway [goose]; the text is that of a workspace with a
    /// compliance security profile [issue unity-gateway#464].
    /// </summary>
    public static BodyResponse Endpoints(DatabricksEmulatorOptions options, BodyResponse unknownPath) => options switch
    {
        { Workspace: EmulatedWorkspace.Sovereign } => NoGateway(options, unknownPath),
        { Quirks.HasComplianceProfile: true } => ServerResponse.Error(
            404, "FEATURE_DISABLED", "AI Gateway legacy endpoint is not available for CSP-enabled workspaces."),
        _ => ServerResponse.Json(200, new JsonObject { ["endpoints"] = new JsonArray() }),
    };

    private static bool IsLegacy(string? name, ServingEndpoint? endpoint) =>
        name?.StartsWith("databricks-", StringComparison.Ordinal) is true || (endpoint is not null && AnswersOnGateway(endpoint));

    private static BodyResponse Denied(string message) => ServerResponse.Error(403, "PERMISSION_DENIED", message);
}
