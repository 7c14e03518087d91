using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Surfaces;

/// <summary>Makes the exception of a name that could not be mapped.</summary>
internal static class SurfaceExceptions
{
    /// <summary>The rejection, with a hint from the workspace's data in place of the general one.</summary>
    public static DatabricksServingException NotMapped(
        ServingCall call, DatabricksServingException refusal, string advice, DatabricksServingException? inner = null) =>
        new(call.Redaction, new ServingFailure
        {
            Kind = refusal.Kind,
            Message = ServingExceptions.Message(call, ErrorHints.Named(refusal.StatusCode!.Value, null), refusal, advice),
            Inner = inner ?? refusal.InnerException,
            StatusCode = refusal.StatusCode,
            ErrorCode = refusal.ErrorCode,
            ServiceMessage = refusal.ServiceMessage,
            RequestId = refusal.RequestId,
            TraceResponse = refusal.TraceResponse,
            EndpointName = refusal.EndpointName,
            IsTransient = refusal.IsTransient,
        });
}
