namespace Connectors.Databricks.Emulator.Behaviors;

/// <summary>
/// The default message of a failure. Observed: PERMISSION_DENIED, RESOURCE_EXHAUSTED, FEATURE_DISABLED and
/// the first half of REQUEST_LIMIT_EXCEEDED (§10.3, appendix B). Unconfirmed: the others, and which code RESOURCE_EXHAUSTED's text has.
/// </summary>
internal static class FailureMessages
{
    // Unconfirmed: all but the word "Budget".
    public const string BudgetExhausted = "Budget policy limit exceeded for this workspace.";

    public const string EndpointDisabled =
        "PERMISSION_DENIED: The endpoint is temporarily disabled due to a Databricks-set rate limit of 0.";

    public static string For(string errorCode) => errorCode switch
    {
        "REQUEST_LIMIT_EXCEEDED" => "REQUEST_LIMIT_EXCEEDED: Exceeded workspace rate limit for this endpoint.",
        "RESOURCE_EXHAUSTED" => "Too many concurrent requests. Consider increasing the provisioned concurrency of the served entity.",
        "TEMPORARILY_UNAVAILABLE" => "The service is temporarily unavailable. Please try again later.",
        "DEADLINE_EXCEEDED" => "The request took too long to process.",
        "PERMISSION_DENIED" => "The endpoint is temporarily disabled due to a Databricks-set rate limit of 0.",
        "UNAUTHENTICATED" => "Credential was not sent or was of an unsupported type for this API.",
        "FEATURE_DISABLED" => "AI Gateway is not available for this workspace.",
        "INTERNAL_ERROR" => "An unexpected error occurred.",
        _ => $"The emulator is configured to return {errorCode}.",
    };
}
