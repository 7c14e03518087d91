using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Endpoints;

/// <summary>What to try after an error of the management API.</summary>
internal static class ManagementAdvice
{
    public static string? ForRead(int status, ServiceError error) => For(status, error, "CAN_VIEW");

    public static string? ForWrite(int status, ServiceError error) => For(status, error, "CAN_MANAGE");

    private static string? For(int status, ServiceError error, string level) => (status, error) switch
    {
        (_, { IsHtml: true } or { Code: ServiceError.PrivateLink }) => null,
        (400, _) => "Compare what was sent with the service's words; a member that it does not know may have come in by AdditionalProperties.",
        (403, { SpeaksOfToken: false }) => $"Ask for {level} on the endpoint, and check that the credential has the scope model-serving.",
        (404, { Code: "ENDPOINT_NOT_FOUND" }) => null,
        (404, _) => "Check the name against Endpoints.ListAsync: it may have been deleted, or be of another workspace.",
        (409, { Code: "RESOURCE_ALREADY_EXISTS" or "ALREADY_EXISTS" }) =>
            "Take another name, or Endpoints.CreateIfNotExistsAsync, to which this is no error.",
        (409, _) => "Another update is under way: Endpoints.WaitUntilReadyAsync waits for its end.",
        (429, _) => "Wait, and ask less often: the management API has a limit of its own.",
        (502 or 503 or 504, _) => "Try again.",
        _ => null,
    };
}
