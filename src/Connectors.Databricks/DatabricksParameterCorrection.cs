namespace Connectors.Databricks;

/// <summary>A correction of a parameter that an endpoint rejected, which is applied to later requests to that endpoint.</summary>
/// <param name="EndpointName">The name of the endpoint.</param>
/// <param name="Field">The name of the rejected parameter in the request body, such as <c>temperature</c> or <c>tools.strict</c>.</param>
/// <param name="Change">A description of the change, such as <c>left out</c>.</param>
/// <param name="ServiceMessage">The error message of the service.</param>
/// <param name="CreatedAt">The time of the error response.</param>
/// <param name="ExpiresAt">The time when the correction expires, after which the parameter is sent again.</param>
public sealed record DatabricksParameterCorrection(
    string EndpointName, string Field, string Change, string ServiceMessage, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
