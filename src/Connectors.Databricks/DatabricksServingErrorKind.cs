using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>The kind of a failure of Databricks Model Serving or Unity Gateway, for programs that react to it.</summary>
/// <remarks>New kinds may be added: compare with the ones you handle, and treat any other like <see cref="Other"/>.</remarks>
public readonly struct DatabricksServingErrorKind : IEquatable<DatabricksServingErrorKind>
{
    private readonly string? _value;

    /// <summary>Initializes a new instance of the <see cref="DatabricksServingErrorKind"/> struct.</summary>
    /// <param name="value">The name of the kind.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null or white space.</exception>
    public DatabricksServingErrorKind(string value) => _value = OpenText.Require(value);

    /// <summary>Gets the name of the kind, such as <c>missing_scope</c>; empty for a default structure.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>A failure without a kind of its own.</summary>
    public static DatabricksServingErrorKind Other { get; } = new("other");

    /// <summary>The service rejected the request (400), without naming a parameter.</summary>
    public static DatabricksServingErrorKind InvalidRequest { get; } = new("invalid_request");

    /// <summary>The request has a member that the service rejects as unknown.</summary>
    public static DatabricksServingErrorKind UnknownParameter { get; } = new("unknown_parameter");

    /// <summary>The model does not support a parameter, such as <c>temperature</c>.</summary>
    public static DatabricksServingErrorKind UnsupportedParameter { get; } = new("unsupported_parameter");

    /// <summary>The output limit is above the maximum of the model.</summary>
    public static DatabricksServingErrorKind OutputLimitExceeded { get; } = new("output_limit_exceeded");

    /// <summary>The request body is too large (413).</summary>
    public static DatabricksServingErrorKind RequestTooLarge { get; } = new("request_too_large");

    /// <summary>The token is invalid, expired or revoked.</summary>
    public static DatabricksServingErrorKind Unauthenticated { get; } = new("unauthenticated");

    /// <summary>A permission is missing: <c>CAN_QUERY</c> on a serving endpoint, <c>EXECUTE</c> on a model service.</summary>
    public static DatabricksServingErrorKind PermissionDenied { get; } = new("permission_denied");

    /// <summary>The token is valid but lacks an OAuth scope, such as <c>ai-gateway</c>.</summary>
    public static DatabricksServingErrorKind MissingScope { get; } = new("missing_scope");

    /// <summary>A budget is exhausted.</summary>
    public static DatabricksServingErrorKind BudgetExhausted { get; } = new("budget_exhausted");

    /// <summary>The feature is not enabled for the workspace.</summary>
    public static DatabricksServingErrorKind FeatureDisabled { get; } = new("feature_disabled");

    /// <summary>Databricks has disabled the model for the workspace.</summary>
    public static DatabricksServingErrorKind ModelDisabled { get; } = new("model_disabled");

    /// <summary>The serving endpoint does not exist.</summary>
    public static DatabricksServingErrorKind EndpointNotFound { get; } = new("endpoint_not_found");

    /// <summary>The model service does not exist.</summary>
    public static DatabricksServingErrorKind ModelServiceNotFound { get; } = new("model_service_not_found");

    /// <summary>The name of a model service was called as a serving endpoint, where it is not served.</summary>
    public static DatabricksServingErrorKind ModelServiceRequiresGateway { get; } = new("model_service_requires_gateway");

    /// <summary>The workspace has no Unity Gateway.</summary>
    public static DatabricksServingErrorKind GatewayUnavailable { get; } = new("gateway_unavailable");

    /// <summary>The workspace enforces Unity Gateway, and a pay-per-token endpoint was called directly.</summary>
    public static DatabricksServingErrorKind PayPerTokenDisabled { get; } = new("pay_per_token_disabled");

    /// <summary>The workspace enforces Unity Gateway, and a provisioned throughput endpoint was called directly.</summary>
    public static DatabricksServingErrorKind ProvisionedThroughputDisabled { get; } = new("provisioned_throughput_disabled");

    /// <summary>An endpoint of the AI Gateway preview, which Unity Gateway replaces.</summary>
    public static DatabricksServingErrorKind GatewayEndpointRetired { get; } = new("gateway_endpoint_retired");

    /// <summary>Unity Gateway no longer accepts the legacy name of a model (501).</summary>
    public static DatabricksServingErrorKind LegacyNameRetired { get; } = new("legacy_name_retired");

    /// <summary>The host is the former regional host of the AI gateway, and not the workspace.</summary>
    public static DatabricksServingErrorKind GatewayHostRetired { get; } = new("gateway_host_retired");

    /// <summary>The service does not implement the call (501).</summary>
    public static DatabricksServingErrorKind NotImplemented { get; } = new("not_implemented");

    /// <summary>The object was changed since it was read, so the change was rejected: its etag is another one.</summary>
    public static DatabricksServingErrorKind ConcurrentChange { get; } = new("concurrent_change");

    /// <summary>A rate limit was exceeded (429).</summary>
    public static DatabricksServingErrorKind RateLimited { get; } = new("rate_limited");

    /// <summary>A guardrail blocked the call.</summary>
    public static DatabricksServingErrorKind Guardrail { get; } = new("guardrail");

    /// <summary>A tool that an agent or a model runs needs a login of the user: open the URL in the message, and try again.</summary>
    public static DatabricksServingErrorKind ToolLoginRequired { get; } = new("tool_login_required");

    /// <summary>A run of an agent failed; the code and the message are those of the agent. Its tools may have acted.</summary>
    public static DatabricksServingErrorKind AgentRunFailed { get; } = new("agent_run_failed");

    /// <summary>The app does not have the run of a continuation token.</summary>
    public static DatabricksServingErrorKind AgentRunNotFound { get; } = new("agent_run_not_found");

    /// <summary>A service policy denied the call.</summary>
    public static DatabricksServingErrorKind ServicePolicy { get; } = new("service_policy");

    /// <summary>A SQL statement failed; <see cref="DatabricksServingException.SqlState"/> and the error code have the reason.</summary>
    public static DatabricksServingErrorKind StatementFailed { get; } = new("statement_failed");

    /// <summary>A SQL statement was canceled by another caller, or by the warehouse.</summary>
    public static DatabricksServingErrorKind StatementCanceled { get; } = new("statement_canceled");

    /// <summary>A SQL statement does not exist, or its result has expired.</summary>
    public static DatabricksServingErrorKind StatementNotFound { get; } = new("statement_not_found");

    /// <summary>The SQL warehouse does not exist.</summary>
    public static DatabricksServingErrorKind WarehouseNotFound { get; } = new("warehouse_not_found");

    /// <summary>The service failed or is overloaded (5xx, or an error object without another meaning).</summary>
    public static DatabricksServingErrorKind ServiceFailure { get; } = new("service_failure");

    /// <summary>No connection, or the connection broke before the response headers.</summary>
    public static DatabricksServingErrorKind ConnectionFailed { get; } = new("connection_failed");

    /// <summary>A timeout elapsed.</summary>
    public static DatabricksServingErrorKind Timeout { get; } = new("timeout");

    /// <summary>The response broke off before its end.</summary>
    public static DatabricksServingErrorKind Interrupted { get; } = new("interrupted");

    /// <summary>The response is not what the call expects: not JSON, another task, or larger than the limits.</summary>
    public static DatabricksServingErrorKind InvalidResponse { get; } = new("invalid_response");

    /// <summary>
    /// The request was not sent: rejected by the rate limiter or the circuit breaker, or the HTTP client has been disposed.
    /// </summary>
    public static DatabricksServingErrorKind NotSent { get; } = new("not_sent");

    /// <summary>Compares two kinds without regard to case.</summary>
    /// <param name="left">A kind.</param>
    /// <param name="right">Another kind.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(DatabricksServingErrorKind left, DatabricksServingErrorKind right) => left.Equals(right);

    /// <summary>Compares two kinds without regard to case.</summary>
    /// <param name="left">A kind.</param>
    /// <param name="right">Another kind.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(DatabricksServingErrorKind left, DatabricksServingErrorKind right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(DatabricksServingErrorKind other) => OpenText.Equal(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is DatabricksServingErrorKind other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OpenText.Hash(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
