using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Discovery.Profiles;

/// <summary>Makes the exception of a directory that cannot be read.</summary>
internal static class DirectoryExceptions
{
    /// <summary>The failure of the endpoints, with that of the model services in its message and as its cause.</summary>
    public static DatabricksServingException Neither(DatabricksServingException endpoints, DatabricksServingException services) =>
        new(Redaction.OfNone, new ServingFailure
        {
            Kind = endpoints.Kind,
            Message = $"{endpoints.Message} {services.Message}",
            Inner = services,
            StatusCode = endpoints.StatusCode,
            RequestError = endpoints.HttpRequestError,
            ErrorCode = endpoints.ErrorCode,
            ServiceMessage = endpoints.ServiceMessage,
            RequestId = endpoints.RequestId,
            TraceResponse = endpoints.TraceResponse,
            RetryAfter = endpoints.RetryAfter,
            IsTransient = endpoints.IsTransient || services.IsTransient,
        });
}
