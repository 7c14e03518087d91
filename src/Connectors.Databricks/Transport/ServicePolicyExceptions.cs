using System.Net;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Transport;

/// <summary>
/// Makes the exception of a denial by a service policy. Its message leaves out the reason, which may quote personal data.
/// </summary>
internal static class ServicePolicyExceptions
{
    public static DatabricksServingException Denied(
        ServingCall call, string? requestId, string? traceResponse, DatabricksServicePolicyDenial denial) =>
        new(call.Redaction, new ServingFailure
        {
            Kind = DatabricksServingErrorKind.ServicePolicy,
            Message =
                $"{call} failed: {denial}. Change the request, or ask the owner of the policy; ServicePolicyDenial.Reason contains the " +
                "reason." +
                (requestId is null ? string.Empty : $" (Request id {requestId}.)"),
            StatusCode = HttpStatusCode.OK,
            RequestId = requestId,
            TraceResponse = traceResponse,
            EndpointName = call.Target,
            ServicePolicyDenial = denial,
        });
}
