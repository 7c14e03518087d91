using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat;

/// <summary>Counts denials by service policies, and throws them if the options require it. The reason is never logged.</summary>
internal static class PolicyDenials
{
    /// <param name="call">The call.</param>
    /// <param name="properties">The properties of the response, or of the last update.</param>
    /// <param name="settings">Whether a denial throws.</param>
    /// <exception cref="DatabricksServingException">A policy denied the call, and the options require an exception.</exception>
    public static void Report(ServingCall call, AdditionalPropertiesDictionary? properties, DatabricksChatOptions settings)
    {
        if (ServicePolicyFromWire.FromProperties(properties) is not { } denial)
        {
            return;
        }

        Measurements.PolicyDenied(call.Target, denial.Phase);
        if (settings.ThrowOnServicePolicyDenial)
        {
            throw ServicePolicyExceptions.Denied(
                call, Text(
                    properties!, DatabricksPropertyNames.RequestId), Text(properties!, DatabricksPropertyNames.TraceResponse), denial);
        }
    }

    private static string? Text(AdditionalPropertiesDictionary properties, string name) =>
        properties.TryGetValue(name, out var value) ? value as string : null;
}
