namespace Connectors.Databricks.Transport;

/// <summary>
/// Maps error codes to HTTP statuses, for errors that arrive without one (serving reference §10.1).
/// </summary>
internal static class ErrorCodes
{
    /// <summary>
    /// Gets the status of a code that concerns the request; null for codes of service failures and for unknown ones.
    /// </summary>
    public static int? RequestStatus(string? code) => code switch
    {
        "BAD_REQUEST" or "INVALID_PARAMETER_VALUE" or "INVALID_ARGUMENT" or "INVALID_STATE" or "MALFORMED_REQUEST" => 400,
        "invalid_request_error" or "context_length_exceeded" or "unsupported_value" or "invalid_value" or "400" => 400,
        "UNAUTHENTICATED" or "authentication_error" or "invalid_api_key" or "oauth" or "401" => 401,
        "PERMISSION_DENIED" or "FEATURE_DISABLED" or "permission_error" or "403" => 403,
        "RESOURCE_DOES_NOT_EXIST" or "NOT_FOUND" or "ENDPOINT_NOT_FOUND" or "not_found_error" or "model_not_found" or "404" => 404,
        "ABORTED" or "ALREADY_EXISTS" or "RESOURCE_ALREADY_EXISTS" or "RESOURCE_CONFLICT" or "409" => 409,
        "request_too_large" or "413" => 413,
        "NOT_IMPLEMENTED" or "501" => 501,
        _ => null,
    };
}
