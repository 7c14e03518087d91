using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Surfaces;

/// <summary>Makes the exception of a name that could not be mapped.</summary>
internal static class SurfaceExceptions
{
    /// <summary>The refusal, with what the workspace's data say instead of the general hint.</summary>
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
