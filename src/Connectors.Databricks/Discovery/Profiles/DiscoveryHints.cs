using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Discovery.Profiles;

/// <summary>What to try after an error of a request that reads endpoints.</summary>
internal static class DiscoveryHints
{
    public static string? For(int status, ServiceError error) => (status, error) switch
    {
        (_, { IsHtml: true } or { Code: ServiceError.PrivateLink }) => null,
        (403, { SpeaksOfToken: false }) => "Ask for CAN_VIEW on the endpoint, and check that the credential has the scope model-serving.",
        (404, { Code: "ENDPOINT_NOT_FOUND" }) => null,
        (404, _) => "Check the name against serving.Directory: the endpoint may have been deleted, or be in another workspace.",
        (429, _) => "Wait, and send fewer requests: the REST API has a rate limit of its own.",
        (502 or 503 or 504, _) => "Try again.",
        _ => null,
    };
}
