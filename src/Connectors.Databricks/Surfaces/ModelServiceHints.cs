using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Surfaces;

/// <summary>What to try after an error of a request that reads model services.</summary>
internal static class ModelServiceHints
{
    public static string? For(int status, ServiceError error) => (status, error) switch
    {
        (_, { IsHtml: true } or { Code: ServiceError.PrivateLink }) => null,
        (403, { SpeaksOfToken: true }) => null,
        (403, _) =>
            "Ask for USE CATALOG, USE SCHEMA and EXECUTE on the model service. A model service whose name is known can be called without " +
            "listing it.",
        (404, { Code: "ENDPOINT_NOT_FOUND" or "FEATURE_DISABLED" }) =>
            "The workspace has no Unity Gateway: pass the name of a serving endpoint.",
        (404, _) => "Check the name (catalog.schema.service), and ask for EXECUTE on the model service if it exists.",
        (429, _) => "Wait, and send fewer requests: the REST API has a rate limit of its own.",
        (WorkspacePager.Canceled or 502 or 503 or 504, _) => "Try again.",
        _ => null,
    };
}
