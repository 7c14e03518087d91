namespace Connectors.Databricks.AspNetCore.Errors;

/// <summary>A request that is rejected with an error object and not sent to the workspace.</summary>
internal sealed class RejectedRequestException(RequestError error) : Exception(error.Message)
{
    public RequestError Error => error;
}
