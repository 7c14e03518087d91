using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management.Requests;

/// <summary>Hints for errors of the management API.</summary>
internal static class ManagementHints
{
    public static string? ForRead(int status, ServiceError error) => For(status, error, "CAN_VIEW");

    public static string? ForChange(int status, ServiceError error) => For(status, error, "CAN_MANAGE");

    private static string? For(int status, ServiceError error, string level) => (status, error) switch
    {
        (_, { IsHtml: true } or { Code: ServiceError.PrivateLink }) => null,
        (400, _) => "Compare the request with the service's message; a member that the service rejects may come from " +
        "AdditionalProperties.",
        (403, { SpeaksOfToken: false }) => $"Ask for {level} on the endpoint, and check that the credential has the scope model-serving.",
        (404, { Code: "ENDPOINT_NOT_FOUND" }) => null,
        (404, _) => "Check the name against ListAsync: the endpoint may have been deleted, or be in another workspace.",
        (409, { Code: "RESOURCE_ALREADY_EXISTS" or "ALREADY_EXISTS" }) =>
            "Use another name, or CreateIfNotExistsAsync, which returns the existing endpoint.",
        (409, _) => "Another update is in progress: WaitUntilReadyAsync waits until it ends.",
        (429, _) => "Wait, and send fewer requests: the management API has a rate limit of its own.",
        (502 or 503 or 504, _) => "Try again.",
        _ => null,
    };
}
