using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management.ModelServices;

/// <summary>What to try after an error of the API of model services.</summary>
internal static class ModelServiceHints
{
    private const string Traversal = "and for USE CATALOG and USE SCHEMA on its catalog and schema";

    private const string Scope = "OAuth tokens need the scope unity-catalog.";

    private const string ToChange =
        $"Ask for MANAGE on the model service, or its owner to change it, {Traversal}. The destinations of services in system.ai cannot " +
        $"be changed. {Scope}";

    private const string ToCreate =
        $"Ask for CREATE SERVICE and USE SCHEMA on the schema, USE CATALOG on the catalog, and EXECUTE on each destination. {Scope}";

    private const string Missing =
        "Check the name against ListAsync. A service is also reported as missing without EXECUTE or READ_METADATA on it, or without USE " +
        "CATALOG and USE SCHEMA on its catalog and schema.";

    private const string MissingForCreation =
        "Check the schema and what the destinations refer to. They are also reported as missing without USE CATALOG and USE SCHEMA.";

    private const string Busy = "The service is being changed by another client: get it, and try again.";

    private const string Stale =
        "The service was changed since it was read: get it again, apply the change to it, and send it with its new Etag. An Etag of null " +
        "overwrites the change.";

    public static string? ForRead(int status, ServiceError error) =>
        For(status, error, $"Ask for EXECUTE or READ_METADATA on the model service, {Traversal}. {Scope}");

    public static string? ForChange(int status, ServiceError error) => For(status, error, ToChange);

    /// <summary>Gets the hint for a request with an etag.</summary>
    public static string? ForConditionalChange(int status, ServiceError error) =>
        ErrorKinds.IsConcurrentChange(status, error) ? Stale : For(status, error, ToChange);

    public static string? ForCreate(int status, ServiceError error) => For(status, error, ToCreate, MissingForCreation);

    private static string? For(int status, ServiceError error, string permission, string missing = Missing) => (status, error) switch
    {
        (_, { IsHtml: true } or { Code: ServiceError.PrivateLink }) => null,
        (400, _) => "Compare the request with the service's message; a member that the service does not know may come from " +
            "AdditionalProperties.",
        (403, { SpeaksOfToken: false }) => permission,
        (404, { Code: "ENDPOINT_NOT_FOUND" or "FEATURE_DISABLED" }) =>
            "The workspace has no Unity Gateway, or it is not enabled: manage serving endpoints instead.",
        (404, _) => missing,
        (409, { Code: "RESOURCE_ALREADY_EXISTS" or "ALREADY_EXISTS" }) =>
            "Use another name, or CreateIfNotExistsAsync, which returns the existing service. Model provider services share the names.",
        (409 or 412, _) => Busy,
        (429, _) => "Wait, and send fewer requests: the management API has a rate limit of its own.",
        (WorkspacePager.Canceled or 502 or 503 or 504, _) => "Try again.",
        _ => null,
    };
}
