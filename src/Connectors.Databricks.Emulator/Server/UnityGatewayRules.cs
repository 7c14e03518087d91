using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

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

        if (!options.EnforcesUnityGateway)
        {
            return null;
        }

        if (call.Route.IsGateway)
        {
            return IsLegacy(name) && call.Json?.Text("model")?.StartsWith("system.ai.", StringComparison.Ordinal) is not true
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

    private static bool IsLegacy(string? name) => name?.StartsWith("databricks-", StringComparison.Ordinal) is true;

    private static BodyResponse Denied(string message) => ServerResponse.Error(403, "PERMISSION_DENIED", message);
}
