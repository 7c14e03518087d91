using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Batch.Running;

/// <summary>Makes every failure of a request a <see cref="DatabricksServingException"/>, so that it can be stored.</summary>
internal sealed class ItemErrors(string endpointName, Redaction redaction)
{
    public DatabricksServingException From(Exception exception) => exception as DatabricksServingException ?? new(
        redaction, new ServingFailure
    {
        Kind = exception switch
        {
            ArgumentException or NotSupportedException => DatabricksServingErrorKind.InvalidRequest,
            DatabricksCredentialException => DatabricksServingErrorKind.NotSent,
            _ => DatabricksServingErrorKind.Other,
        },
        Message = $"A request of a batch to the endpoint '{endpointName}' failed: {exception.Message}",
        Inner = exception,
        EndpointName = endpointName,
    });
}
