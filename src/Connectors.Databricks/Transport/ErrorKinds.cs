using System.Net;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Transport;

/// <summary>Classifies what the service reported: by its words where several failures share a status and a code.</summary>
internal static partial class ErrorKinds
{
    /// <param name="call">The call that failed.</param>
    /// <param name="status">The status, or the one that corresponds to an error object in a 200 OK body.</param>
    /// <param name="error">What the service reported.</param>
    public static DatabricksServingErrorKind Of(ServingCall call, int status, ServiceError error) => error switch
    {
        { Guardrail: not null } => DatabricksServingErrorKind.Guardrail,
        { IsToolLogin: true } => DatabricksServingErrorKind.ToolLoginRequired,
        { IsHtml: true } => status >= 500 ? DatabricksServingErrorKind.ServiceFailure : DatabricksServingErrorKind.InvalidResponse,
        _ => FromGateway(status, error) ?? FromStatus(call, status, error),
    };

    /// <summary>
    /// Whether the service rejects a request because of its etag. No source shows such a rejection: these are the statuses and codes that
    /// the service has for a conflict, and a message about the etag.
    /// </summary>
    public static bool IsConcurrentChange(int status, ServiceError error) => status switch
    {
        400 => error.Code is "ABORTED" or "RESOURCE_CONFLICT" || Has(error, "etag"),
        409 or 412 => error.Code is not ("ALREADY_EXISTS" or "RESOURCE_ALREADY_EXISTS"),
        _ => false,
    };

    /// <summary>Whether the same call may succeed later.</summary>
    public static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>
    /// Whether the service refers callers to Unity Gateway: another endpoint may succeed, a retry of the same one will not.
    /// </summary>
    public static bool RequiresGateway(DatabricksServingErrorKind kind) =>
        kind == DatabricksServingErrorKind.PayPerTokenDisabled || kind == DatabricksServingErrorKind.ProvisionedThroughputDisabled ||
        kind == DatabricksServingErrorKind.GatewayEndpointRetired || kind == DatabricksServingErrorKind.LegacyNameRetired;

    /// <summary>
    /// Two dots or more make the name of a Unity Catalog object, when there is text around each; names of serving endpoints have none.
    /// </summary>
    public static bool IsUnityCatalogName(string name)
    {
        var dots = 0;
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '.')
            {
                dots++;
                if (i == 0 || i == name.Length - 1 || name[i - 1] == '.')
                {
                    return false;
                }
            }
        }

        return dots >= 2;
    }

    private static DatabricksServingErrorKind? FromGateway(int status, ServiceError error)
    {
        if (status == 501 && Has(error, "use Unity Catalog model services"))
        {
            return DatabricksServingErrorKind.LegacyNameRetired;
        }

        if (!Has(error, "use Unity Gateway") && !Has(error, "use Unity AI Gateway") && !Has(error, "use Unity Catalog model services"))
        {
            return null;
        }

        return Has(error, "provisioned throughput") ? DatabricksServingErrorKind.ProvisionedThroughputDisabled
            : Has(error, "pay-per-token") ? DatabricksServingErrorKind.PayPerTokenDisabled
            : DatabricksServingErrorKind.GatewayEndpointRetired;
    }

    private static DatabricksServingErrorKind FromStatus(ServingCall call, int status, ServiceError error) => status switch
    {
        _ when call.IsConditional && IsConcurrentChange(status, error) => DatabricksServingErrorKind.ConcurrentChange,
        >= 300 and < 400 when call.IsApp => DatabricksServingErrorKind.Unauthenticated,
        400 => FromBadRequest(error),
        401 => DatabricksServingErrorKind.Unauthenticated,
        403 => FromForbidden(call, error),
        404 => FromNotFound(call, error),
        408 or 504 => DatabricksServingErrorKind.Timeout,
        413 => DatabricksServingErrorKind.RequestTooLarge,
        429 => DatabricksServingErrorKind.RateLimited,
        501 => DatabricksServingErrorKind.NotImplemented,

        // The agent raised an exception: the proxy of apps has other statuses.
        500 when call is { IsApp: true, RetrySafety: RetrySafety.Agent } => DatabricksServingErrorKind.AgentRunFailed,
        >= 500 => DatabricksServingErrorKind.ServiceFailure,
        _ => DatabricksServingErrorKind.Other,
    };

    private static DatabricksServingErrorKind FromBadRequest(ServiceError error) => error.Message switch
    {
        _ when error.IsAboutToken => DatabricksServingErrorKind.Unauthenticated,
        _ when ErrorHints.IsOutputLimit(error) => DatabricksServingErrorKind.OutputLimitExceeded,
        _ when Has(error, "unknown field") || Has(error, "unknown parameter") || Has(error, "unknown name") ||
            Has(error, "extra inputs are not permitted") || Has(error, "extraneous key") => DatabricksServingErrorKind.UnknownParameter,
        _ when Has(error, "does not support the") || Has(error, "unsupported parameter") || Has(error, "unsupported value") =>
            DatabricksServingErrorKind.UnsupportedParameter,
        _ => DatabricksServingErrorKind.InvalidRequest,
    };

    private static DatabricksServingErrorKind FromForbidden(ServingCall call, ServiceError error) => error switch
    {
        // The workspace requires the scope ai-gateway; the host that it replaced required all scopes.
        _ when Has(error, ServiceError.RequiredScopes) => call.IsGateway && Has(error, "all-apis")
            ? DatabricksServingErrorKind.GatewayHostRetired
            : DatabricksServingErrorKind.MissingScope,
        _ when ErrorHints.IsDisabledModel(error.Message) => DatabricksServingErrorKind.ModelDisabled,
        _ when IsAboutBudget(call, error) => DatabricksServingErrorKind.BudgetExhausted,
        { Code: "FEATURE_DISABLED" } => DatabricksServingErrorKind.FeatureDisabled,
        { SpeaksOfToken: true } => DatabricksServingErrorKind.Unauthenticated,
        _ => DatabricksServingErrorKind.PermissionDenied,
    };

    // Only an unknown path or a disabled feature means that the workspace has no gateway: any other 404 there is about the name.
    private static DatabricksServingErrorKind FromNotFound(ServingCall call, ServiceError error) => error.Code switch
    {
        "ENDPOINT_NOT_FOUND" or "FEATURE_DISABLED" when call.IsGateway || call.IsCatalog => DatabricksServingErrorKind.GatewayUnavailable,
        "FEATURE_DISABLED" => DatabricksServingErrorKind.FeatureDisabled,
        _ when call.IsStatement => call.StatementId is null
            ? DatabricksServingErrorKind.WarehouseNotFound
            : DatabricksServingErrorKind.StatementNotFound,
        _ when call.IsApp => call.Method == HttpMethod.Get
            ? DatabricksServingErrorKind.AgentRunNotFound
            : DatabricksServingErrorKind.EndpointNotFound,
        _ when call.IsGateway || call.IsCatalog => DatabricksServingErrorKind.ModelServiceNotFound,
        _ when call.IsInference && IsUnityCatalogName(call.EndpointName) => DatabricksServingErrorKind.ModelServiceRequiresGateway,
        _ => DatabricksServingErrorKind.EndpointNotFound,
    };

    // The name of an endpoint may contain the word, and a message may quote it.
    private static bool IsAboutBudget(ServingCall call, ServiceError error) => error.Message is { } message &&
        QuotedName().Replace(call.Target is { } name ? message.Replace(name, "", StringComparison.OrdinalIgnoreCase) : message, "")
            .Contains("budget", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"'[^'\s]*'")]
    private static partial Regex QuotedName();

    private static bool Has(ServiceError error, string part) => error.Message?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
}
