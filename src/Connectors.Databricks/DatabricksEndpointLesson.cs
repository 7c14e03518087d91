namespace Connectors.Databricks;

/// <summary>
/// What one endpoint has taught by refusing a request: from then on requests to it are written so that it takes them.
/// </summary>
/// <param name="EndpointName">The endpoint.</param>
/// <param name="Field">What it refused, by its name in the body: <c>temperature</c>, <c>tools.strict</c>.</param>
/// <param name="Change">What is done since: <c>left out</c>.</param>
/// <param name="ServiceMessage">The service's words.</param>
/// <param name="LearnedAt">When.</param>
/// <param name="ExpiresAt">When it is forgotten, and the endpoint asked anew.</param>
public sealed record DatabricksEndpointLesson(
    string EndpointName, string Field, string Change, string ServiceMessage, DateTimeOffset LearnedAt, DateTimeOffset ExpiresAt);
