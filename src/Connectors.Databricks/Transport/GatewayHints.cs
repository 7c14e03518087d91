using System.Net;

namespace Connectors.Databricks.Transport;

/// <summary>
/// Hints for models that the workspace serves on Unity Gateway only, which this version does not call. They recommend neither a permission
/// nor another token, because both apply to serving endpoints.
/// </summary>
internal static class GatewayHints
{
    private const string NotSupported = "This version of the connector does not support Unity Gateway yet";

    private const string Unaffected =
        $"{NotSupported}: use an endpoint that the setting does not affect (a custom model, an external model or an agent), or ask a " +
        "workspace admin whether 'Enforce Unity Gateway' can be turned off.";

    /// <param name="call">The call that failed.</param>
    /// <param name="status">The status, or the status that corresponds to an error object in a 200 OK body.</param>
    /// <param name="error">The error that the service reported.</param>
    /// <returns>The hint; null when the failure is not about the gateway.</returns>
    public static string? For(ServingCall call, int status, ServiceError error) => error.Message switch
    {
        { } message when IsEnforced(message) && Has(message, "provisioned throughput") =>
            "The workspace enforces Unity Gateway: a provisioned throughput endpoint is queried through a model service that routes to " +
            $"it. {Unaffected}",
        { } message when IsEnforced(message) && Has(message, "pay-per-token") =>
            $"The workspace enforces Unity Gateway: pay-per-token models are served there only. {Unaffected}",
        { } message when IsEnforced(message) => $"The workspace serves this name on Unity Gateway only. {Unaffected}",
        _ when status == (int)HttpStatusCode.NotFound && call.IsInference && IsUnityCatalogName(call.EndpointName) =>
            "It is a Unity Catalog name: model services are served on Unity Gateway, not as serving endpoints. " +
            $"{NotSupported}: use the name of a serving endpoint, as the workspace's Serving page shows it.",
        _ => null,
    };

    /// <summary>Whether the error refers callers to the gateway: another endpoint may succeed, the same one never will.</summary>
    public static bool IsEnforced(string? serviceMessage) => serviceMessage is not null &&
        (Has(serviceMessage, "use Unity Gateway") || Has(serviceMessage, "use Unity AI Gateway")
                || Has(serviceMessage, "use Unity Catalog model services"));

    // Names of serving endpoints have no dots; those of model services have two.
    private static bool IsUnityCatalogName(string name) => name.AsSpan().Count('.') >= 2;

    private static bool Has(string message, string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);
}
