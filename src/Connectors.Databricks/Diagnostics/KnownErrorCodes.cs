using System.Collections.Frozen;

namespace Connectors.Databricks.Diagnostics;

/// <summary>The error codes that Databricks and its model providers document: the only ones that are values of a metric tag.</summary>
internal static class KnownErrorCodes
{
    private static readonly FrozenSet<string> Codes = new[]
    {
        "BAD_REQUEST", "INVALID_PARAMETER_VALUE", "INVALID_ARGUMENT", "INVALID_STATE", "MALFORMED_REQUEST", "OUT_OF_RANGE",
        "UNAUTHENTICATED", "PERMISSION_DENIED", "FEATURE_DISABLED", "PRIVATE_LINK_VALIDATION_ERROR",
        "RESOURCE_DOES_NOT_EXIST", "NOT_FOUND", "ENDPOINT_NOT_FOUND", "ABORTED", "ALREADY_EXISTS", "RESOURCE_ALREADY_EXISTS",
        "RESOURCE_CONFLICT",
        "REQUEST_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED", "CANCELLED", "INTERNAL_ERROR", "UNKNOWN", "DATA_LOSS", "NOT_IMPLEMENTED",
        "TEMPORARILY_UNAVAILABLE", "DEADLINE_EXCEEDED", "SERVICE_UNDER_MAINTENANCE", "WORKSPACE_TEMPORARILY_UNAVAILABLE", "IO_ERROR",
        "invalid_request_error", "authentication_error", "permission_error", "not_found_error", "rate_limit_error", "api_error",
        "overloaded_error",
        "server_error", "rate_limit_exceeded", "insufficient_quota", "context_length_exceeded", "model_not_found", "invalid_api_key",
        "request_too_large", "unsupported_value", "invalid_value",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static string OrOther(string code) => Codes.Contains(code) ? code : BoundedNames.Other;
}
